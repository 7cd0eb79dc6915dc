using Xunit;

namespace HassSocket.Trpc.Tests.Replay;

/// <summary>Real traffic of tRPC servers, heard by our client.</summary>
public sealed class RecordingReplayTests
{
    public static TheoryData<string> Committed => [.. Recording.Committed.Select(Recording.NameOf)];

    public static TheoryData<string> Foreign => Recording.Foreign.Any() ? [.. Recording.Foreign] : [""];

    [Theory]
    [MemberData(nameof(Committed))]
    public Task Calls_and_subscriptions_end_as_they_did_in_the_recording(string name) => ReplayAsync(Recording.Named(name), new Tally());

    /// <summary>Those of the folder that TRPC_RECORDINGS names; without it there is nothing to do.</summary>
    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task So_they_do_in_the_recordings_of_another_folder(string path)
    {
        if (path.Length > 0) await ReplayAsync(Recording.Load(path), new Tally());
    }

    [Fact]
    public void The_recordings_take_two_megabytes_at_most() =>
        Assert.InRange(Recording.Committed.Sum(path => new FileInfo(path).Length), 1, 2 * 1024 * 1024);

    internal static async Task ReplayAsync(Recording recording, Tally tally)
    {
        foreach (var connection in recording.Connections) await Conversation.ReplayAsync(recording, connection, tally);
    }
}

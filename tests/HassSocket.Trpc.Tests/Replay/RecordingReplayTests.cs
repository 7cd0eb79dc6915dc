using Xunit;

namespace HassSocket.Trpc.Tests.Replay;

/// <summary>Real traffic of tRPC servers, heard by our client.</summary>
public sealed class RecordingReplayTests
{
    /// <summary>The committed recordings, and those of the folder that <c>TRPC_RECORDINGS</c> names.</summary>
    public static TheoryData<string> Recordings =>
        [.. Recording.Committed.Select(path => Path.GetRelativePath(Recording.Folder, path)), .. Recording.Foreign];

    [Theory]
    [MemberData(nameof(Recordings))]
    public Task Calls_and_subscriptions_end_as_they_did_in_the_recording(string recording) =>
        ReplayAsync(Recording.Load(Path.Combine(Recording.Folder, recording)), new Tally());

    [Fact]
    public void The_recordings_take_two_megabytes_at_most() =>
        Assert.InRange(Recording.Committed.Sum(path => new FileInfo(path).Length), 1, 2 * 1024 * 1024);

    internal static async Task ReplayAsync(Recording recording, Tally tally)
    {
        foreach (var connection in recording.Connections) await Conversation.ReplayAsync(recording, connection, tally);
    }
}

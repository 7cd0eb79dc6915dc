using Xunit;

namespace HassSocket.Tests.Replay;

public sealed class RecordingReplayTests
{
    /// <summary>The committed recordings, and those of the folder that <c>HASS_RECORDINGS</c> names.</summary>
    public static TheoryData<string> Recordings =>
        [.. Recording.Committed.Select(path => Path.GetRelativePath(Recording.Folder, path)), .. Recording.Foreign];

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Client_does_what_was_recorded(string recording)
        => await Replays.OfAsync(Path.Combine(Recording.Folder, recording));
}

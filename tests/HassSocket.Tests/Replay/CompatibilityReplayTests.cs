using Xunit;

namespace HassSocket.Tests.Replay;

public sealed class CompatibilityReplayTests
{
    [Fact]
    public async Task Compatibility_page_says_which_servers_were_replayed_and_what_differs()
        => Generated.Check("docs/compatibility.md", Compatibility.Write(await Replays.OfCommittedAsync()));
}

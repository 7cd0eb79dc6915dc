using Xunit;

namespace HassSocket.Tests.Replay;

public sealed class CoverageReplayTests
{
    [Fact]
    public async Task Coverage_page_says_what_became_of_each_line()
        => Generated.Check("tests/Recordings/coverage.md", Coverage.Write(await Replays.OfCommittedAsync()));

    [Fact]
    public async Task Every_line_has_its_place_in_the_closed_list()
    {
        var strangers = (await Replays.OfCommittedAsync())
            .SelectMany(replay => replay.Verdicts.Where(pair => pair.Value == Verdict.Unclassified).Select(pair => $"{replay.Recording.Name}: {pair.Key}"));

        Assert.Empty(strangers);
    }

    [Fact]
    public async Task Nearly_all_that_a_client_sends_on_demand_are_calls()
        => Assert.InRange(Coverage.ShareOfCalls(await Replays.OfCommittedAsync()).Share, 95, 100);

    [Fact]
    public async Task Every_message_of_the_server_that_was_kept_whole_is_fed_or_shared()
    {
        var others = (await Replays.OfCommittedAsync())
            .SelectMany(replay => replay.Verdicts.Where(pair => pair.Key is { Kind: LineKind.Said, IsCut: false } && pair.Value is not (Verdict.Fed or Verdict.Shared)));

        Assert.Empty(others);
    }
}

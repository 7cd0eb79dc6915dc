using Xunit;

namespace HassSocket.Tests.Simulator.Judge;

public sealed class JudgeTests
{
    public static TheoryData<string> Judged => [.. Scenarios.Judged.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Judged))]
    public async Task Simulator_says_what_the_real_server_said(string name)
    {
        var verdict = await Trial.RunAsync(Recording.Read(name), Scenarios.Of(name));

        Assert.True(verdict.Differences.Count == 0, string.Join(Environment.NewLine, verdict.Differences.Take(7)));
    }
}

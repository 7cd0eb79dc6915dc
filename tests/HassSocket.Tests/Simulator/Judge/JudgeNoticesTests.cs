using System.Text.Json.Nodes;
using HassSocket.Testing;
using Xunit;

namespace HassSocket.Tests.Simulator.Judge;

/// <summary>A judge that cannot condemn is worth nothing.</summary>
public sealed class JudgeNoticesTests
{
    public static TheoryData<string, Action<HomeAssistantSimulator>> SpoiltHouses => new()
    {
        { "2026.11.auth-ok", house => house.OnCommand("ping", _ => Task.FromResult<JsonNode?>(null)) },
        { "2026.11.events-filtered", house => house.RemoveService("light", "toggle") },
        { "2026.11.events-filtered", house => house.OnCommand("fire_event", _ => Task.FromResult<JsonNode?>(null)) },
        { "2026.11.auth-ok", house => house.Faults.NeverAnswer("ping") },
        { "2026.11.auth-ok", house => house.RevokeToken(house.Token) },
    };

    public static TheoryData<string, string, string> SpoiltAnswers => new()
    {
        { "2026.11.command-errors", "not_found", "notfound" },
        { "2026.11.command-errors", "expected int at 'brightness'", "expected float at 'brightness'" },
        { "2026.11.events-filtered", """{"n":1}""", """{"n":1.0}""" },
        { "2026.11.events-filtered", "\"brightness\":180", "\"brightness\":180,\"more\":1" },
        { "2026.11.events-filtered", "\"effect\":null,", "" },
        { "2026.11.events-filtered", "01M831JC3TMN9ZHEN8SB2TVFEK", "01M831JC3P73AWNBQHS8MTD3X8" },
        { "2026.11.events-filtered", "2026-11-23T01:50:43.823311+00:00", "2026-11-23T01:50:43.823311+01:00" },
        { "2026.11.batches", "\"result\":null},{", "\"result\":null}]" },
    };

    [Theory]
    [MemberData(nameof(SpoiltHouses), DisableDiscoveryEnumeration = true)]
    public async Task Spoilt_house_is_noticed(string name, Action<HomeAssistantSimulator> meddle)
        => Assert.NotEmpty((await Trial.RunAsync(Recording.Read(name), Scenarios.Of(name), meddle)).Differences);

    [Theory]
    [MemberData(nameof(SpoiltAnswers))]
    public async Task Other_answer_is_noticed(string name, string recorded, string other)
    {
        var recording = Recording.Read(name);
        var at = recording.Lines.First(line => line.Direction == '<' && line.Raw!.Contains(recorded, StringComparison.Ordinal));
        var spoilt = recording.With(lines => lines.Select(line => line == at ? line.WithRaw(line.Raw!.Replace(recorded, other, StringComparison.Ordinal)) : line));

        Assert.NotEmpty((await Trial.RunAsync(spoilt, Scenarios.Of(name))).Differences);
    }

    [Fact]
    public async Task Missing_answer_is_noticed() => Assert.NotEmpty(await SpoilAsync(answers => answers.RemoveAt(9)));

    [Fact]
    public async Task One_answer_more_is_noticed() => Assert.NotEmpty(await SpoilAsync(answers => answers.Insert(9, answers[9])));

    [Fact]
    public async Task Exchanged_answers_are_noticed() => Assert.NotEmpty(await SpoilAsync(answers => (answers[8], answers[9]) = (answers[9], answers[8])));

    [Fact]
    public async Task Unspoilt_recording_passes() => Assert.Empty(await SpoilAsync(_ => { }));

    [Fact]
    public async Task Forgotten_command_is_counted_as_not_known()
    {
        var verdict = await Trial.RunAsync(Recording.Read("2026.11.auth-ok"), Scenarios.Of("2026.11.auth-ok"), house => house.ForgetCommand("ping"));

        Assert.Equal(("ping", 1), Assert.Single(verdict.Unknown.Select(pair => (pair.Key, pair.Value))));
    }

    /// <summary>Changes what was recorded on the first connection, and leaves the commands as they are.</summary>
    private static async Task<IReadOnlyList<string>> SpoilAsync(Action<List<RecordedLine>> change)
    {
        const string name = "2026.11.events-filtered";
        var spoilt = Recording.Read(name).With(lines =>
        {
            var answers = lines.Where(line => line.Direction == '<').ToList();
            change(answers);
            return [.. lines.Where(line => line.Direction != '<' && line.Event != "closed"), .. answers, .. lines.Where(line => line.Event == "closed")];
        });
        return (await Trial.RunAsync(spoilt, Scenarios.Of(name))).Differences;
    }
}

using Xunit;

namespace HassSocket.Tests.Replay;

/// <summary>A replay that could not fail would prove nothing: the server says something else than what was recorded, and the replay must notice.</summary>
public sealed class MutantReplayTests
{
    private bool _isHeldBack;

    [Fact]
    public async Task Results_that_are_swapped_are_noticed()
    {
        var recording = Load("2026.11.command-errors");
        var (first, second) = (Find(recording, "\"id\":1,"), Find(recording, "\"id\":2,"));

        var failure = await FailureAsync(recording, line => line == first ? [WithId(second, "2", "1")] : line == second ? [WithId(first, "1", "2")] : [line.Text!]);

        Assert.Contains("was refused with 'unknown_command', but failed with", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026.11.events-filtered", "hass_socket_probe")]
    [InlineData("2026.11.entities-all", "light.bed_light")]
    [InlineData("2026.11.templates", "counter.visits")]
    [InlineData("2026.11.restart-service", "component_loaded")]
    public async Task Event_that_is_dropped_is_noticed(string name, string about)
    {
        var recording = Load(name);
        var (dropped, _) = TwoEvents(recording, about);

        var failure = await FailureAsync(recording, line => line == dropped ? [] : [line.Text!]);

        Assert.Contains($"the event of line {dropped.Number} ", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026.11.events-filtered", "hass_socket_probe")]
    [InlineData("2026.11.entities-all", "light.bed_light")]
    [InlineData("2026.11.templates", "counter.visits")]
    public async Task Events_that_are_exchanged_are_noticed(string name, string about)
    {
        var recording = Load(name);
        var (first, second) = TwoEvents(recording, about);

        var failure = await FailureAsync(recording, line => line == first ? [second.Text!] : line == second ? [first.Text!] : [line.Text!]);

        Assert.Contains($"heard something else than the event of line {first.Number} ", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Event_that_is_said_twice_is_noticed()
    {
        var recording = Load("2026.11.templates");
        var last = recording.Lines.Last(line => line.Kind == LineKind.Said && line.Text!.Contains("\"event\"", StringComparison.Ordinal));

        var failure = await FailureAsync(recording, line => line == last ? [line.Text!, line.Text!] : [line.Text!]);

        Assert.Contains("events, but", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026.11.auth-ok", "\"pong\"")]
    [InlineData("2026.11.core-commands", "\"components\"")]
    [InlineData("2026.11.slow-service-and-interleaving", "todo.groceries")]
    public async Task Result_that_is_held_back_is_noticed(string name, string about)
    {
        var recording = Load(name);
        var held = Find(recording, about);

        var failure = await FailureAsync(recording, line => line == held ? Hold() : [line.Text!]);

        Assert.Contains($"was answered in line {held.Number} ", failure, StringComparison.Ordinal);
        Assert.EndsWith("but goes on.", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_to_what_was_never_answered_is_noticed()
    {
        var recording = Load("2024.3.conditions-and-scripts");
        var asked = recording.Lines.First(line => line.Kind == LineKind.Asked && line.Text!.Contains("\"id\":3,", StringComparison.Ordinal));
        var next = recording.Lines.First(line => line.Kind == LineKind.Said && line.Number > asked.Number && line.Connection == asked.Connection);

        var failure = await FailureAsync(recording, line =>
            line == next ? [line.Text!, "{\"id\":3,\"type\":\"result\",\"success\":true,\"result\":null}"] : [line.Text!]);

        Assert.Contains("was never answered, but has ended", failure, StringComparison.Ordinal);
    }

    private static Recording Load(string name) => Recording.Load(Path.Combine(Recording.Folder, name + ".jsonl.gz"));

    private static Line Find(Recording recording, string text) =>
        recording.Lines.First(line => line.Kind == LineKind.Said && line.Text!.Contains(text, StringComparison.Ordinal));

    // Two events of one subscription that say different things.
    private static (Line First, Line Second) TwoEvents(Recording recording, string about)
    {
        var events = recording.Lines.Where(line => line.Kind == LineKind.Said && line.Text!.Contains(about, StringComparison.Ordinal))
            .Where(line => Message.TryParse(line.Text!) is { IsArray: false, Items: [{ IsEvent: true }] })
            .GroupBy(line => (line.Connection, Message.TryParse(line.Text!)!.Items[0].Id)).First(group => group.Select(line => line.Text).Distinct().Count() > 1);
        var first = events.First();
        return (first, events.First(line => line.Text != first.Text));
    }

    private static string WithId(Line line, string id, string other) => line.Text!.Replace($"\"id\":{id},", $"\"id\":{other},", StringComparison.Ordinal);

    private async Task<string> FailureAsync(Recording recording, Func<Line, IEnumerable<string>> say)
    {
        var failure = await Assert.ThrowsAsync<ReplayException>(() => Replay.RunAsync(recording, settings => settings with
        {
            Say = say,
            HowPatient = () => _isHeldBack ? TimeSpan.FromMilliseconds(100) : TimeSpan.FromSeconds(60),
        }));
        return failure.Message;
    }

    // What is held back never comes by itself, so nobody need wait for it.
    private IEnumerable<string> Hold()
    {
        _isHeldBack = true;
        return [];
    }
}

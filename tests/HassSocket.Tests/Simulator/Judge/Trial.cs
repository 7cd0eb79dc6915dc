using System.Text;
using System.Text.Json;
using HassSocket.Testing;
using HassSocket.Testing.Simulator;

namespace HassSocket.Tests.Simulator.Judge;

/// <summary>Plays the client's part of a recording to a simulated house, at the recorded times of a clock moved by hand.</summary>
internal sealed class Trial
{
    private readonly Recording _recording;
    private readonly Scenario _scenario;
    private readonly ManualTimeProvider _clock;
    private readonly HomeAssistantSimulator _house;
    private readonly Dictionary<int, Party> _parties = [];
    private readonly Dictionary<string, int> _unknown = [];
    private int _commands;

    private Trial(Recording recording, Scenario scenario, ManualTimeProvider clock, HomeAssistantSimulator house)
        => (_recording, _scenario, _clock, _house) = (recording, scenario, clock, house);

    /// <summary>Judges the simulator by one recording.</summary>
    /// <param name="recording">What was recorded.</param>
    /// <param name="scenario">How it is judged.</param>
    /// <param name="meddle">Spoils the house before the trial, to see whether the judge notices.</param>
    public static Task<Verdict> RunAsync(Recording recording, Scenario scenario, Action<HomeAssistantSimulator>? meddle = null) => Task.Run(async () =>
    {
        var clock = new ManualTimeProvider(scenario.Begins);
        await using var house = new HomeAssistantSimulator(new() { TimeProvider = clock, Random = new Random(1) });
        new Givens(house, recording, scenario).Arrange();
        meddle?.Invoke(house);
        var trial = new Trial(recording, scenario, clock, house);
        await trial.PlayAsync();
        return trial.Judge();
    });

    private async Task PlayAsync()
    {
        var lines = _recording.Lines;
        var now = 0.0;
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].At > now) _clock.Advance(TimeSpan.FromMilliseconds(lines[i].At - now));
            now = Math.Max(now, lines[i].At);
            if (lines[i].Direction != '>')
            {
                await HappenAsync(lines[i]);
                continue;
            }

            var together = lines.Skip(i).TakeWhile(line => Belongs(line, lines[i])).ToArray();
            i += together.Length - 1;
            await PartyOf(lines[i]).Socket.DeliverAsync(together.Select(Frame).OfType<ServerFrame>());
        }
    }

    /// <summary>What was sent without a pause arrives together.</summary>
    private static bool Belongs(RecordedLine line, RecordedLine first)
        => line.Direction == '>' && line.Connection == first.Connection && line.At - first.At < 1;

    private async Task HappenAsync(RecordedLine line)
    {
        switch (line.Direction, line.Event)
        {
            case ('<', _):
                PartyOf(line).Expect(line.Raw!);
                break;
            case ('!', "open"):
                _parties[line.Connection] = new Party();
                await PartyOf(line).Socket.ConnectAsync(_house.House);
                break;
            case ('!', "close sent"):
                await PartyOf(line).Socket.EndAsync();
                break;
            case ('!', "closed") when line.Fields.GetProperty("by").GetString() == "server":
                PartyOf(line).WasClosed = true;
                break;
            case ('!', "closed"):
                await PartyOf(line).Socket.EndAsync();
                break;
        }
    }

    private Party PartyOf(RecordedLine line) => _parties[line.Connection];

    private ServerFrame? Frame(RecordedLine line)
    {
        if (line.Binary is { } bytes) return new ServerFrame(bytes, IsBinary: true);
        var text = line.Raw!
            .Replace("<OWNER_LONG_LIVED>", _house.Owner.Token, StringComparison.Ordinal)
            .Replace("<GUEST_LONG_LIVED>", _house.Guest.Token, StringComparison.Ordinal)
            .Replace("<VIEWER_LONG_LIVED>", _house.Viewer.Token, StringComparison.Ordinal);
        text = Echoes.Translate(text, _parties.Values);
        return Known(line.Connection, text) is { } known ? new ServerFrame(Encoding.UTF8.GetBytes(known)) : null;
    }

    /// <summary>Leaves out commands that the simulator does not know and the real server does; counts them.</summary>
    private string? Known(int connection, string text)
    {
        var commands = Json.Items(text);
        var unknown = commands.Where(command => IsUnknown(_parties[connection], command)).ToArray();
        _commands += Math.Max(1, commands.Count) - unknown.Length;
        foreach (var command in unknown)
        {
            _parties[connection].Skip(command);
            var type = command.GetProperty("type").GetString()!;
            _unknown[type] = _unknown.GetValueOrDefault(type) + 1;
        }

        if (unknown.Length == 0) return text;
        return commands.Count == 1 ? null : $"[{string.Join(',', commands.Except(unknown).Select(command => command.GetRawText()))}]";
    }

    private bool IsUnknown(Party party, JsonElement command)
    {
        if (Json.Text(command, "type") is not { Length: > 0 } type || !command.TryGetProperty("id", out var id)) return false;
        if (type == "unsubscribe_events" && command.TryGetProperty("subscription", out var subscription) && party.HasSkipped(subscription)) return true;
        return _house.House.Commands.Find(type) is null && !_recording.Lines.Any(line => line.Direction == '<' && line.Raw is { } raw
            && raw.Contains("\"unknown_command\"", StringComparison.Ordinal)
            && Json.Items(raw).Any(item => item.GetProperty("id").GetRawText() == id.GetRawText()));
    }

    private Verdict Judge()
    {
        var likeness = new Likeness(_scenario.Varies);
        var differences = _parties.Where(pair => pair.Key != _scenario.Unread).OrderBy(pair => pair.Key)
            .SelectMany(pair => pair.Value.Compare(likeness, _scenario).Select(difference => $"connection {pair.Key}, {difference}"))
            .ToArray();
        return new Verdict(_commands, _parties.Values.Sum(party => party.Compared), _unknown, differences);
    }
}

/// <summary>What came of a trial.</summary>
/// <param name="Commands">How many commands the house was given.</param>
/// <param name="Answers">How many recorded messages of the server were compared.</param>
/// <param name="Unknown">The commands that the house does not know, and how often they were left out.</param>
/// <param name="Differences">What the house said otherwise.</param>
internal sealed record Verdict(int Commands, int Answers, IReadOnlyDictionary<string, int> Unknown, IReadOnlyList<string> Differences);

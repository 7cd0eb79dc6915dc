using System.Text.Json;

namespace HassSocket.Tests.Simulator.Judge;

/// <summary>One connection of a trial: what the real server said on it, and what the simulator says.</summary>
internal sealed class Party
{
    private readonly List<string> _expected = [];
    private readonly HashSet<string> _skipped = [];

    public JudgeSocket Socket { get; } = new();

    /// <summary>Whether the real server ended it.</summary>
    public bool WasClosed { get; set; }

    /// <summary>How many messages were compared.</summary>
    public int Compared { get; private set; }

    public void Expect(string frame) => _expected.Add(frame);

    /// <summary>Leaves out whatever answers a command.</summary>
    public void Skip(JsonElement command) => _skipped.Add(command.GetProperty("id").GetRawText());

    public bool HasSkipped(JsonElement id) => _skipped.Contains(id.GetRawText());

    /// <summary>What was said until now, recorded and simulated.</summary>
    public IEnumerable<(JsonElement Recorded, JsonElement Simulated)> SoFar() =>
        _expected.SelectMany(Json.Items).Where(IsWanted).Zip(Socket.Sent.SelectMany(Json.Items));

    public IEnumerable<string> Compare(Likeness likeness, Scenario scenario)
    {
        var recorded = _expected.ConvertAll(frame => Json.Items(frame).Where(IsWanted).ToArray()).FindAll(frame => frame.Length > 0);
        var simulated = Socket.Sent.Select(frame => Json.Items(frame).ToArray()).ToList();
        Compared = recorded.Sum(frame => frame.Length);
        foreach (var difference in CompareAll(InOrder(recorded, scenario), InOrder(simulated, scenario), likeness))
            yield return difference;

        var (sizes, others) = (Sizes(recorded), Sizes(simulated));
        if (scenario.WhyFramesVary is null && sizes != others) yield return $"messages in a frame: recorded {sizes}, simulated {others}";
        if (WasClosed != (Socket.EndedWith is not null)) yield return $"end: recorded {WasClosed}, simulated {Socket.EndedWith}";
    }

    /// <summary>As they came, or those to each command together.</summary>
    private static JsonElement[] InOrder(List<JsonElement[]> frames, Scenario scenario)
    {
        var messages = frames.SelectMany(frame => frame);
        return scenario.WhyOrderVaries is null ? [.. messages] : [.. messages.OrderBy(Id, StringComparer.Ordinal)];
    }

    private static string Id(JsonElement message) => message.TryGetProperty("id", out var id) ? id.GetRawText() : "";

    private bool IsWanted(JsonElement item) => !item.TryGetProperty("id", out var id) || !_skipped.Contains(id.GetRawText());

    private static string Sizes(List<JsonElement[]> frames) => string.Join(" ", frames.Select(frame => frame.Length));

    private static IEnumerable<string> CompareAll(JsonElement[] recorded, JsonElement[] simulated, Likeness likeness)
    {
        for (var i = 0; i < Math.Max(recorded.Length, simulated.Length); i++)
        {
            if (i >= simulated.Length) yield return $"message {i}: recorded {recorded[i].GetRawText()}, simulated nothing";
            else if (i >= recorded.Length) yield return $"message {i}: recorded nothing, simulated {simulated[i].GetRawText()}";
            else foreach (var difference in CompareOne(recorded[i], simulated[i], likeness)) yield return $"message {i}, {difference}";
        }
    }

    private static IEnumerable<string> CompareOne(JsonElement recorded, JsonElement simulated, Likeness likeness)
    {
        if (BeginsWithId(recorded) != BeginsWithId(simulated)) yield return "the id stands elsewhere";
        foreach (var difference in likeness.Compare(recorded, simulated)) yield return difference;
    }

    private static bool BeginsWithId(JsonElement message)
        => message.ValueKind == JsonValueKind.Object && message.EnumerateObject().FirstOrDefault().NameEquals("id");
}

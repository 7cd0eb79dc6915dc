using System.Text.Json;
using System.Text.RegularExpressions;

namespace HassSocket.Tests.Simulator.Judge;

/// <summary>Ids that the server made and the client says again: in what the client says they become those that the simulator made.</summary>
internal static partial class Echoes
{
    /// <summary>What a client said, with the simulator's ids.</summary>
    /// <param name="text">What was recorded.</param>
    /// <param name="parties">The connections so far.</param>
    public static string Translate(string text, IEnumerable<Party> parties)
    {
        if (!Id().IsMatch(text)) return text;
        var ids = new Dictionary<string, string>();
        foreach (var (recorded, simulated) in parties.SelectMany(party => party.SoFar())) Learn(recorded, simulated, ids);
        return Id().Replace(text, match => ids.GetValueOrDefault(match.Value, match.Value));
    }

    private static void Learn(JsonElement recorded, JsonElement simulated, Dictionary<string, string> ids)
    {
        if (recorded.ValueKind != simulated.ValueKind) return;
        if (recorded.ValueKind == JsonValueKind.String && Id().IsMatch(recorded.GetString()!))
            ids.TryAdd(recorded.GetString()!, simulated.GetString()!);
        else if (recorded.ValueKind == JsonValueKind.Array)
            foreach (var (one, other) in recorded.EnumerateArray().Zip(simulated.EnumerateArray())) Learn(one, other, ids);
        else if (recorded.ValueKind == JsonValueKind.Object)
            foreach (var member in recorded.EnumerateObject())
                if (simulated.TryGetProperty(member.Name, out var other)) Learn(member.Value, other, ids);
    }

    [GeneratedRegex("0[0-9A-HJKMNP-TV-Z]{25}|[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}

using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>One row of the history of an entity, as the database keeps it.</summary>
internal sealed record HistoryRow(string State, JsonObject Attributes, DateTimeOffset At);

/// <summary>What became of the states: the past of each entity, in order.</summary>
internal sealed class StateHistory(House house)
{
    // Enough for any test; a house that runs for days forgets its oldest rows.
    private const int MostRows = 1000;

    private readonly Dictionary<string, List<HistoryRow>> _rows = [];

    public void Watch() => house.Bus.Listen("state_changed", change =>
    {
        if (change.NewState is not { } state || change.OldState?.State == state.State) return;
        if (!_rows.ContainsKey(state.EntityId) && change.OldState is { } before) Remember(before.EntityId, RowOf(before));
        Remember(state.EntityId, RowOf(state));
    });

    public void Remember(string entityId, HistoryRow row)
    {
        if (!_rows.TryGetValue(entityId, out var rows)) _rows[entityId] = rows = [];
        rows.Add(row);
        if (rows.Count > MostRows) rows.RemoveAt(0);
    }

    /// <summary>The rows of an entity in a period, and before them the state that it began with.</summary>
    public IReadOnlyList<HistoryRow> Of(string entityId, DateTimeOffset from, DateTimeOffset? to, bool withStart)
    {
        if (!_rows.TryGetValue(entityId, out var rows)) rows = house.States.Find(entityId) is { } state ? [RowOf(state)] : [];
        var within = rows.Where(row => row.At >= from && (to is null || row.At < to)).ToList();
        if (withStart && rows.LastOrDefault(row => row.At < from) is { } start) within.Insert(0, start with { At = from });
        return within;
    }

    /// <summary>What the database keeps of the attributes: little of a light, whose colours are forgotten.</summary>
    private static HistoryRow RowOf(SimulatedState state) => new(
        state.State,
        new JsonObject(state.Attributes.Where(pair => IsKept(state.Domain, pair.Key)).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone()))),
        state.LastUpdated);

    private static bool IsKept(string domain, string attribute) => domain switch
    {
        "light" => attribute == "friendly_name",
        "input_number" => attribute is not ("min" or "max" or "step" or "mode" or "editable"),
        _ => attribute is not "supported_features",
    };
}

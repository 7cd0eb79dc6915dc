using System.Globalization;
using System.Text.Json;

namespace HassSocket.Testing.Simulator;

/// <summary>What a client wants to know of the past.</summary>
internal sealed record HistoryQuery(
    DateTimeOffset From, DateTimeOffset? To, IReadOnlyList<string> Entities, bool WithStart, bool WithAttributes, bool IsMinimal)
{
    public static Schema Schema { get; } = new(
        Field.Required("start_time", Checks.Text),
        Field.Optional("end_time", Checks.Text),
        Field.Required("entity_ids", Checks.Entities),
        Field.Optional("include_start_time_state", Checks.Bool),
        Field.Optional("significant_changes_only", Checks.Bool),
        Field.Optional("minimal_response", Checks.Bool),
        Field.Optional("no_attributes", Checks.Bool));

    public static HistoryQuery Read(CommandRequest request) => new(
        Time(request, "start_time")!.Value,
        Time(request, "end_time"),
        request["entity_ids"]!.Value.ToNode().Texts(),
        request["include_start_time_state"]?.GetBoolean() ?? true,
        !(request["no_attributes"]?.GetBoolean() ?? false),
        request["minimal_response"]?.GetBoolean() ?? false);

    public static DateTimeOffset? Time(CommandRequest request, string name)
    {
        if (request.Text(name) is not { } text) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new SimulatedErrorException($"invalid_{name}", $"Invalid {name}");
    }

    /// <summary>Writes the rows of each entity that has some.</summary>
    public void Write(Utf8JsonWriter writer, House house)
    {
        writer.WriteStartObject();
        foreach (var entityId in Entities)
        {
            var rows = Rows(house, entityId);
            if (rows.Count > 0) WriteRows(writer, entityId, rows);
        }

        writer.WriteEndObject();
    }

    /// <summary>When the latest row was written; the start of the period where there is none.</summary>
    public DateTimeOffset Latest(House house) => Entities.SelectMany(id => Rows(house, id)).Select(row => row.At).Append(From).Max();

    public void WriteRows(Utf8JsonWriter writer, string entityId, IReadOnlyList<HistoryRow> rows)
    {
        writer.WriteStartArray(entityId);
        foreach (var row in rows)
        {
            writer.WriteStartObject();
            writer.WriteString("s", row.State);
            if (WithAttributes) writer.WriteNode("a", row.Attributes);
            writer.WritePropertyName("lu");
            writer.WriteRawValue(PythonText.Number(IsoTime.Epoch(row.At)));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>A minimal answer leaves rows out that only repeat the state.</summary>
    private List<HistoryRow> Rows(House house, string entityId)
    {
        var rows = house.History.Of(entityId, From, To, WithStart);
        return [.. rows.Where((row, i) => !IsMinimal || i == 0 || rows[i - 1].State != row.State)];
    }
}

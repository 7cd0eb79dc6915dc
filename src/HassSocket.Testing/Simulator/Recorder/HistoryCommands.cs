using System.Text.Json;

namespace HassSocket.Testing.Simulator;

/// <summary>The past of some entities.</summary>
internal sealed class HistoryDuringPeriodCommand : ICommandHandler
{
    public string Type => "history/history_during_period";

    public Schema? Schema => HistoryQuery.Schema;

    public void Handle(CommandRequest request)
    {
        var query = HistoryQuery.Read(request);
        request.Result(writer => query.Write(writer, request.House));
    }
}

/// <summary>The past of some entities, then what becomes of them, a few changes at a time.</summary>
internal sealed class HistoryStreamCommand : ICommandHandler
{
    private static readonly TimeSpan GathersFor = TimeSpan.FromMilliseconds(350);

    public string Type => "history/stream";

    public Schema? Schema => HistoryQuery.Schema;

    public void Handle(CommandRequest request)
    {
        var (house, query) = (request.House, HistoryQuery.Read(request));
        request.Result();
        request.EventIdFirst(JsonBytes.Write(writer => WritePast(writer, house, query)));
        if (query.To is { } end && end <= house.Now)
        {
            request.Connection.Subscribe(request.Id, () => { });
            return;
        }

        var gathered = new Gathered<(string Id, HistoryRow Row)>(house, GathersFor, rows => request.EventIdFirst(JsonBytes.Write(writer => WriteLive(writer, query, rows))));
        var unlisten = house.Bus.Listen("state_changed", change =>
        {
            if (change.NewState is { } state && change.OldState?.State != state.State && query.Entities.Contains(state.EntityId))
                gathered.Add((state.EntityId, new HistoryRow(state.State, state.Attributes, state.LastUpdated)));
        });
        request.Connection.Subscribe(request.Id, () =>
        {
            unlisten();
            gathered.End();
        });
    }

    private static void WritePast(Utf8JsonWriter writer, House house, HistoryQuery query)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("states");
        query.Write(writer, house);
        WriteTime(writer, "start_time", query.From);
        WriteTime(writer, "end_time", query.Latest(house));
        writer.WriteEndObject();
    }

    private static void WriteLive(Utf8JsonWriter writer, HistoryQuery query, IEnumerable<(string Id, HistoryRow Row)> rows)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("states");
        foreach (var entity in rows.GroupBy(row => row.Id)) query.WriteRows(writer, entity.Key, [.. entity.Select(row => row.Row)]);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset time)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(PythonText.Number(IsoTime.Epoch(time)));
    }
}

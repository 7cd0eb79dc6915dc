using System.Text.Json;
using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>What happened in a period.</summary>
internal sealed class LogbookGetEventsCommand : ICommandHandler
{
    public string Type => "logbook/get_events";

    public Schema? Schema { get; } = new(
        Field.Required("start_time", Checks.Text),
        Field.Optional("end_time", Checks.Text),
        Field.Optional("entity_ids", Checks.Entities),
        Field.Optional("device_ids", Checks.Anything),
        Field.Optional("context_id", Checks.Text));

    public void Handle(CommandRequest request)
    {
        var (from, to) = (HistoryQuery.Time(request, "start_time")!.Value, HistoryQuery.Time(request, "end_time"));
        var entities = request["entity_ids"]?.ToNode().Texts();
        request.Result(writer => LogbookEntries.Write(
            writer, request.House.Logbook.Between(from, to).Where(entry => LogbookEntries.IsAbout(entry, entities))));
    }
}

/// <summary>What happened, then what happens, a few things at a time.</summary>
internal sealed class LogbookEventStreamCommand : ICommandHandler
{
    private static readonly TimeSpan GathersFor = TimeSpan.FromMilliseconds(350);

    public string Type => "logbook/event_stream";

    public Schema? Schema { get; } = new(
        Field.Required("start_time", Checks.Text),
        Field.Optional("end_time", Checks.Text),
        Field.Optional("entity_ids", Checks.Entities),
        Field.Optional("device_ids", Checks.Anything));

    public void Handle(CommandRequest request)
    {
        var (house, from) = (request.House, HistoryQuery.Time(request, "start_time")!.Value);
        var to = HistoryQuery.Time(request, "end_time");
        var entities = request["entity_ids"]?.ToNode().Texts();
        var past = house.Logbook.Between(from, to).Where(entry => LogbookEntries.IsAbout(entry, entities)).ToArray();
        request.Result();
        request.EventIdFirst(Write(past, from, house.Now, isPartial: true));
        var latest = past.Length == 0 ? from : DateTimeOffset.UnixEpoch.AddSeconds(past[^1]["when"].Number() ?? 0);
        request.EventIdFirst(Write([], latest, house.Now, isPartial: false));

        var gathered = new Gathered<JsonObject>(house, GathersFor, entries => request.EventIdFirst(Write(entries, null, null, isPartial: false)));
        var unfollow = house.Logbook.Follow(entry =>
        {
            if ((to is null || house.Now < to) && LogbookEntries.IsAbout(entry, entities)) gathered.Add(entry);
        });
        request.Connection.Subscribe(request.Id, () =>
        {
            unfollow();
            gathered.End();
        });
    }

    private static byte[] Write(IEnumerable<JsonObject> entries, DateTimeOffset? from, DateTimeOffset? to, bool isPartial) => JsonBytes.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("events");
        LogbookEntries.Write(writer, entries);
        if (from is { } start && to is { } end)
        {
            writer.WritePropertyName("start_time");
            writer.WriteRawValue(PythonText.Number(IsoTime.Epoch(start)));
            writer.WritePropertyName("end_time");
            writer.WriteRawValue(PythonText.Number(IsoTime.Epoch(end)));
        }

        if (isPartial) writer.WriteBoolean("partial", true);
        writer.WriteEndObject();
    });
}

/// <summary>Chooses and writes entries of the logbook.</summary>
internal static class LogbookEntries
{
    public static bool IsAbout(JsonObject entry, IReadOnlyList<string>? entities)
        => entities is null || (entry["entity_id"].Text() is { } id && entities.Contains(id));

    public static void Write(Utf8JsonWriter writer, IEnumerable<JsonObject> entries)
    {
        writer.WriteStartArray();
        foreach (var entry in entries) writer.WriteNode(entry);
        writer.WriteEndArray();
    }
}

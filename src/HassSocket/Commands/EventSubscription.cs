using System.Text.Json;

namespace HassSocket;

/// <summary>The events of the server's bus: <c>subscribe_events</c>.</summary>
/// <remarks>
/// Over the wire: <c>{"id":7,"type":"subscribe_events","event_type":"state_changed"}</c>. Users who are no administrators may hear
/// <c>state_changed</c>, the registries' events and a few others; the rest is refused with <c>unauthorized</c>.
/// </remarks>
public sealed record EventSubscription : HassSubscription<HassEvent>
{
    private const string All = "*";

    /// <summary>Creates the subscription of one event type.</summary>
    /// <param name="eventType">The type, such as <c>state_changed</c>.</param>
    /// <exception cref="ArgumentException">The type is empty.</exception>
    public EventSubscription(string eventType)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(eventType);
        EventType = eventType;
    }

    /// <summary>The event type; <c>*</c> means all but <c>state_reported</c>.</summary>
    public string EventType { get; }

    /// <inheritdoc/>
    public override string Type => "subscribe_events";

    /// <inheritdoc/>
    public override bool IsWide => EventType is All or "state_changed";

    /// <inheritdoc/>
    protected internal override void WriteFields(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (EventType != All) writer.WriteString("event_type"u8, EventType);
    }

    /// <inheritdoc/>
    protected internal override HassEvent ReadEvent(ref Utf8JsonReader reader) =>
        new(System.Text.Encoding.UTF8.GetBytes(JsonElement.ParseValue(ref reader).GetRawText()));

    // The item is immutable and shared: the event wraps it as it is.
    internal override HassEvent ReadItem(ReadOnlyMemory<byte> item, bool isFirst) =>
        item.Length > 0 && item.Span[0] == (byte)'{' ? new HassEvent(item) : throw new JsonException("An event is an object.");
}

/// <summary>Ways to hear events.</summary>
public static class EventExtensions
{
    /// <summary>Every event on the server's bus: <c>subscribe_events</c> without a type.</summary>
    /// <remarks>
    /// Only an administrator's token may. It counts as wide: a burst of 4,096 events makes the server hang up, half as many
    /// where a second wide subscription is held. Where the types are known, <see cref="IHassSocket.OnEvent"/> is the better way.
    /// </remarks>
    /// <param name="socket">The connection.</param>
    /// <returns>A stream that is cold to create, shared underneath, and survives every reconnect.</returns>
    public static LiveStream<HassEvent> OnAllEvents(this IHassSocket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return socket.Subscribe(new EventSubscription("*"));
    }
}

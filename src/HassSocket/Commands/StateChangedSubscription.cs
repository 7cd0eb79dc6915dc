using System.Text.Json;

namespace HassSocket;

/// <summary>Every change of a state in the house: <c>subscribe_events</c> of <c>state_changed</c>, each read as a <see cref="StateChange"/>.</summary>
/// <remarks>
/// Over the wire: <c>{"id":7,"type":"subscribe_events","event_type":"state_changed"}</c>; shared there with whoever asks for the same
/// events. It counts as wide: a burst of 4,096 changes makes the server hang up.
/// </remarks>
public sealed record StateChangedSubscription : HassSubscription<StateChange>
{
    /// <inheritdoc/>
    public override string Type => "subscribe_events";

    /// <inheritdoc/>
    public override bool IsWide => true;

    /// <inheritdoc/>
    protected internal override void WriteFields(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteString("event_type"u8, "state_changed"u8);
    }

    /// <inheritdoc/>
    protected internal override StateChange ReadEvent(ref Utf8JsonReader reader) =>
        new(System.Text.Encoding.UTF8.GetBytes(JsonElement.ParseValue(ref reader).GetRawText()));

    // The item is immutable and shared: the change wraps it as it is.
    internal override StateChange ReadItem(ReadOnlyMemory<byte> item, bool isFirst) => new(item);
}

/// <summary>The changes of states.</summary>
public static class StateChangeExtensions
{
    /// <summary>Every change of a state in the house: the event <c>state_changed</c>, typed.</summary>
    /// <remarks>It counts as wide, as <see cref="StateChangedSubscription"/> says. To know the states themselves, subscribe to the entities.</remarks>
    /// <param name="socket">The connection.</param>
    /// <returns>A stream that is cold to create, shared underneath, and survives every reconnect.</returns>
    public static LiveStream<StateChange> OnStateChange(this IHassSocket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return socket.Subscribe(new StateChangedSubscription());
    }
}

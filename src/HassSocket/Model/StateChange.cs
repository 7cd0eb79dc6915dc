using System.Text.Json;
using HassSocket.Dialect;

namespace HassSocket;

/// <summary>An entity has another state, is new, or is gone: the event <c>state_changed</c>. Immutable, and may be kept.</summary>
/// <remarks>
/// Over the wire: <c>{"event_type":"state_changed","data":{"entity_id":"…","old_state":{…},"new_state":{…}},"time_fired":"…","context":{…}}</c>.
/// It keeps its bytes: <see cref="EntityId"/> and <see cref="State"/> are read at once, everything else at each question. May be used
/// from any thread.
/// </remarks>
public sealed class StateChange
{
    private readonly ReadOnlyMemory<byte> _json;

    /// <summary>Reads an event.</summary>
    /// <param name="json">The event, UTF-8, as in the member <c>event</c> of a message; must not change any more.</param>
    /// <exception cref="JsonException">It is no <c>state_changed</c>.</exception>
    public StateChange(ReadOnlyMemory<byte> json)
    {
        _json = json;
        (EntityId, State) = StateChangeReader.Read(json.Span);
    }

    /// <summary>The entity, such as <c>light.bed_light</c>.</summary>
    public string EntityId { get; }

    /// <summary>The state that it has now, always a text; <see langword="null"/> when the entity is gone.</summary>
    public string? State { get; }

    /// <summary>All about the state that it has now; <see langword="null"/> when the entity is gone.</summary>
    public EntityState? NewState => StateChangeReader.ReadState(_json.Span, "new_state"u8);

    /// <summary>All about the state that it had before; <see langword="null"/> when the entity is new.</summary>
    public EntityState? OldState => StateChangeReader.ReadState(_json.Span, "old_state"u8);

    /// <summary>The event itself: when it was fired, and what caused it.</summary>
    public HassEvent Event => new(_json);

    /// <summary>The entity and its state, such as <c>light.bed_light is on</c>.</summary>
    public override string ToString() => State is null ? $"{EntityId} is gone" : $"{EntityId} is {State}";
}

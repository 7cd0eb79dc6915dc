using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using HassSocket.Dialect;

namespace HassSocket;

/// <summary>An event of the server's bus. Immutable; it keeps its bytes, parses on demand, and may be kept.</summary>
/// <remarks>
/// Over the wire: <c>{"event_type":"…","data":{…},"origin":"LOCAL","time_fired":"2026-08-20T09:14:03.12+00:00","context":{…}}</c>.
/// Members that the server left out are empty. May be used from any thread.
/// </remarks>
public sealed class HassEvent
{
    private EventOutline? _outline;

    /// <summary>Wraps an event.</summary>
    /// <param name="json">The event, UTF-8, as in the member <c>event</c> of a message; must not change any more.</param>
    public HassEvent(ReadOnlyMemory<byte> json) => Json = json;

    /// <summary>The event as it came, UTF-8.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>The type, such as <c>state_changed</c>; empty when the server gave none.</summary>
    public string EventType => Outline.EventType;

    /// <summary>Where it comes from: <c>LOCAL</c> or <c>REMOTE</c>.</summary>
    public string Origin => Outline.Origin;

    /// <summary>When it was fired, by the server's clock.</summary>
    public DateTimeOffset TimeFired => Outline.TimeFired;

    /// <summary>What caused it.</summary>
    public EventContext Context => Outline.ReadContext(Json);

    private EventOutline Outline => _outline ??= EventOutline.Of(Json.Span);

    /// <summary>The event's data as JSON; an empty object when the server gave none.</summary>
    public JsonElement Data() => JsonScan.Parse(Outline.DataOf(Json).Span);

    /// <summary>The event's data as a type of yours.</summary>
    /// <typeparam name="T">What to read it as.</typeparam>
    /// <param name="typeInfo">How, from your <see cref="System.Text.Json.Serialization.JsonSerializerContext"/>.</param>
    /// <exception cref="JsonException">The data is not of this shape.</exception>
    public T? Data<T>(JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        return JsonSerializer.Deserialize(Outline.DataOf(Json).Span, typeInfo);
    }

    /// <summary>The event as JSON text.</summary>
    public override string ToString() => System.Text.Encoding.UTF8.GetString(Json.Span);
}

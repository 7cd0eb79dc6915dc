using System.Text.Json;

namespace HassSocket;

/// <summary>What a service call answered.</summary>
/// <remarks>Over the wire: <c>{"context":{…},"response":{…}}</c>; the response only where it was asked for.</remarks>
public sealed record ServiceCallResult
{
    /// <summary>The call's context: what it changes carries the same. Empty where the server ended before it could answer.</summary>
    public EventContext Context { get; init => field = value ?? EventContext.None; } = EventContext.None;

    /// <summary>The service's response; <see langword="null"/> where it was not asked for.</summary>
    public JsonElement? Response { get; init; }
}

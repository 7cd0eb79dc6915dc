using System.Text.Json;
using HassSocket.Dialect;

namespace HassSocket;

/// <summary>What a service call answered.</summary>
/// <remarks>Over the wire: <c>{"context":{…},"response":{…}}</c>; the response only where it was asked for.</remarks>
public sealed record ServiceCallResult
{
    // Few callers look at the context: until then it is 128 bits and the user's id, instead of an object with a text.
    private readonly Ulid _contextId;
    private readonly string? _userId;
    private EventContext? _context;

    /// <summary>Creates a result that says nothing.</summary>
    public ServiceCallResult() => _context = EventContext.None;

    internal ServiceCallResult(Ulid contextId, string? userId) => (_contextId, _userId) = (contextId, userId);

    /// <summary>The call's context: what it changes carries the same. Empty where the server ended before it could answer.</summary>
    public EventContext Context
    {
        get => _context ??= new() { Id = _contextId.ToString(), UserId = _userId };
        init => _context = value ?? EventContext.None;
    }

    /// <summary>The service's response; <see langword="null"/> where it was not asked for.</summary>
    public JsonElement? Response { get; init; }

    /// <summary>Whether another result says the same.</summary>
    /// <param name="other">The other one.</param>
    public bool Equals(ServiceCallResult? other) => other is not null && Context == other.Context && Response.Equals(other.Response);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Context, Response);
}

using System.Text;
using HassSocket.Dialect;

namespace HassSocket;

/// <summary>What caused a change: ties an event, a state and a service call together.</summary>
/// <remarks>Over the wire: <c>{"id":"01K36H…","parent_id":null,"user_id":null}</c>.</remarks>
public sealed record EventContext
{
    /// <summary>The context of something whose cause is not known.</summary>
    public static EventContext None { get; } = new();

    /// <summary>The context's id, an opaque text; empty when it is not known.</summary>
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>The id of the context that led to this one.</summary>
    public string? ParentId { get; init; }

    /// <summary>The id of the user who caused it.</summary>
    public string? UserId { get; init; }

    // Empty means null; ids of users come again and again.
    internal static EventContext Of(ReadOnlySpan<byte> id, ReadOnlySpan<byte> parentId, ReadOnlySpan<byte> userId) => new()
    {
        Id = Encoding.UTF8.GetString(id),
        ParentId = parentId.IsEmpty ? null : Encoding.UTF8.GetString(parentId),
        UserId = userId.IsEmpty ? null : Names.Of(userId),
    };
}

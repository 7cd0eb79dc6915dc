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

    /// <summary>Reads a context that <see cref="TryPass"/> has passed, or the text of its id alone, in quotation marks.</summary>
    internal static EventContext Read(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty) return None;
        if (json[0] == (byte)'"') return Of(json[1..^1], default, default);
        var walk = new WrittenJson(json);
        _ = TryWalk(ref walk, out var id, out var parentId, out var userId);
        return Of(id, parentId, userId);
    }

    /// <summary>Passes a context that is written as real servers write it, so that it can be read later without a surprise.</summary>
    /// <param name="walk">Stands before it, and then behind it.</param>
    /// <param name="context">All of it.</param>
    internal static bool TryPass(ref WrittenJson walk, out ReadOnlySpan<byte> context)
    {
        context = walk.Rest;
        if (!TryWalk(ref walk, out _, out _, out _)) return false;
        context = context[..^walk.Left];
        return true;
    }

    /// <summary>Reads a context that nothing led to, as real servers write it.</summary>
    internal static bool TryReadRoot(ref WrittenJson walk, out Ulid id, out string? userId)
    {
        (id, userId) = (default, null);
        if (!TryWalk(ref walk, out var text, out var parentId, out var user)) return false;
        if (!parentId.IsEmpty || !Ulid.TryRead(text, out id)) return false;
        userId = NameOf(user);
        return true;
    }

    private static bool TryWalk(
        ref WrittenJson walk, out ReadOnlySpan<byte> id, out ReadOnlySpan<byte> parentId, out ReadOnlySpan<byte> userId)
    {
        id = parentId = userId = default;
        return walk.Pass("{\"id\":\""u8) && walk.ReadText(out id)
            && walk.Pass(",\"parent_id\":"u8) && walk.ReadTextOrNull(out parentId)
            && walk.Pass(",\"user_id\":"u8) && walk.ReadTextOrNull(out userId)
            && walk.Pass("}"u8);
    }

    private static EventContext Of(ReadOnlySpan<byte> id, ReadOnlySpan<byte> parentId, ReadOnlySpan<byte> userId) => new()
    {
        Id = Encoding.UTF8.GetString(id),
        ParentId = parentId.IsEmpty ? null : Encoding.UTF8.GetString(parentId),
        UserId = NameOf(userId),
    };

    // Empty means null; ids of users come again and again.
    private static string? NameOf(ReadOnlySpan<byte> userId) => userId.IsEmpty ? null : Names.Of(userId);
}

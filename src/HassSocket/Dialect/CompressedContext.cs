using System.Text.Json;

namespace HassSocket.Dialect;

/// <summary>The context in compressed states: its id alone, or an object with the members that matter.</summary>
internal static class CompressedContext
{
    /// <summary>The context of a whole state: an id alone means that there is no parent and no user.</summary>
    public static EventContext Read(JsonElement context) => Apply(EventContext.None, context);

    /// <summary>The context after a difference: an id alone keeps parent and user, an object replaces the members it has.</summary>
    public static EventContext Apply(EventContext before, JsonElement difference) => difference.ValueKind switch
    {
        JsonValueKind.String => before with { Id = difference.GetString()! },
        JsonValueKind.Object => before with
        {
            Id = Member(difference, "id"u8, before.Id) ?? before.Id,
            ParentId = Member(difference, "parent_id"u8, before.ParentId),
            UserId = Member(difference, "user_id"u8, before.UserId),
        },
        _ => before,
    };

    private static string? Member(JsonElement context, ReadOnlySpan<byte> name, string? before)
    {
        if (!context.TryGetProperty(name, out var value)) return before;
        return value.ValueKind == JsonValueKind.Null ? null : value.ToString();
    }

    /// <inheritdoc cref="Apply(EventContext, JsonElement)"/>
    public static EventContext Apply(EventContext before, ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String) return before with { Id = reader.GetString()! };
        return Apply(before, JsonElement.ParseValue(ref reader));
    }
}

using System.Text.Json;

namespace HassSocket.Dialect;

/// <summary>Reads a state of <c>subscribe_entities</c>, or what differs about one, without parsing its attributes.</summary>
/// <param name="json">The item that holds it.</param>
/// <param name="isOwned">Whether the item's memory may be kept; if not, what is kept is copied.</param>
internal readonly struct CompressedStateReader(ReadOnlyMemory<byte> json, bool isOwned)
{
    /// <summary>Reads a whole state; the reader stands on its first token.</summary>
    public EntityState ReadWhole(ref Utf8JsonReader reader, string entityId)
    {
        var parts = new Parts { Context = EventContext.None };
        ReadParts(ref reader, ref parts);
        return new EntityState
        {
            EntityId = entityId,
            State = parts.State ?? "",
            LazyAttributes = parts.Attributes.IsEmpty ? EntityAttributes.Empty : EntityAttributes.Of(parts.Attributes),
            Context = parts.Context,
            LastChanged = parts.Changed ?? default,
            LastUpdated = parts.Updated ?? parts.Changed ?? default,
        };
    }

    /// <summary>Reads a difference, <c>{"+":{…},"-":{"a":[…]}}</c>, and applies it; the reader stands on its first token.</summary>
    public EntityState ReadDifference(ref Utf8JsonReader reader, EntityState before)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        var parts = new Parts { Context = before.Context };
        IReadOnlyList<string> removed = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("+"u8))
            {
                reader.Read();
                ReadParts(ref reader, ref parts);
            }
            else if (reader.ValueTextEquals("-"u8))
            {
                reader.Read();
                removed = JsonScan.Read(ref reader, HassJson.Default.RemovedNames).A ?? [];
            }
            else
            {
                reader.Skip();
            }
        }

        return before with
        {
            State = parts.State ?? before.State,
            LazyAttributes = parts.Attributes.IsEmpty && removed.Count == 0 ? before.LazyAttributes : before.LazyAttributes.With(parts.Attributes, removed),
            Context = parts.Context,
            LastChanged = parts.Changed ?? before.LastChanged,
            LastUpdated = parts.Updated ?? parts.Changed ?? before.LastUpdated,
        };
    }

    public static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (reader.TokenType != token) throw new JsonException($"There is {reader.TokenType} where {token} was expected.");
    }

    private void ReadParts(ref Utf8JsonReader reader, ref Parts parts)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("s"u8)) parts.State = ReadText(ref reader);
            else if (reader.ValueTextEquals("a"u8)) parts.Attributes = ReadObject(ref reader);
            else if (reader.ValueTextEquals("c"u8)) parts.Context = ReadContext(ref reader, parts.Context);
            else if (reader.ValueTextEquals("lc"u8)) parts.Changed = ReadTime(ref reader);
            else if (reader.ValueTextEquals("lu"u8)) parts.Updated = ReadTime(ref reader);
            else reader.Skip();
        }
    }

    private ReadOnlyMemory<byte> ReadObject(ref Utf8JsonReader reader)
    {
        reader.Read();
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        var slice = json[start..(int)reader.BytesConsumed];
        // Two bytes are an empty object.
        if (!isObject || slice.Length <= 2) return default;
        return isOwned ? slice : slice.ToArray();
    }

    private static string? ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        var text = JsonScan.ReadText(ref reader);
        if (text is null) reader.Skip();
        return text;
    }

    private static EventContext ReadContext(ref Utf8JsonReader reader, EventContext before)
    {
        reader.Read();
        return CompressedContext.Apply(before, ref reader);
    }

    private static DateTimeOffset? ReadTime(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.Number => Timestamp.FromSeconds(reader.GetDouble()),
            JsonTokenType.String => Timestamp.Parse(reader.GetString()),
            _ => Skipped(ref reader),
        };
    }

    private static DateTimeOffset? Skipped(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return null;
    }

    private struct Parts
    {
        public string? State;
        public ReadOnlyMemory<byte> Attributes;
        public EventContext Context;
        public DateTimeOffset? Changed;
        public DateTimeOffset? Updated;
    }
}

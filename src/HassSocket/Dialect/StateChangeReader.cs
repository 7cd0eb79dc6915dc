using System.Text;
using System.Text.Json;

namespace HassSocket.Dialect;

/// <summary>Finds in a <c>state_changed</c> what everybody asks for, and the rest for those who do.</summary>
internal static class StateChangeReader
{
    /// <summary>The entity, and its new state; <see langword="null"/> when it is gone.</summary>
    /// <exception cref="JsonException">It is no <c>state_changed</c>.</exception>
    public static (string EntityId, string? State) Read(ReadOnlySpan<byte> json) =>
        TryReadAsWritten(json, out var entityId, out var state) ? (entityId, state) : ReadByTokens(json);

    /// <summary>The whole state in one member of the data; <see langword="null"/> where there is none.</summary>
    public static EntityState? ReadState(ReadOnlySpan<byte> json, ReadOnlySpan<byte> member)
    {
        var reader = JsonScan.StartReading(json);
        if (!TryEnter(ref reader, "data"u8) || !TryEnter(ref reader, member)) return null;
        return reader.TokenType == JsonTokenType.Null ? null : JsonSerializer.Deserialize(ref reader, HassJson.Default.EntityState);
    }

    // As real servers write it. Anything else is read token by token.
    private static bool TryReadAsWritten(ReadOnlySpan<byte> json, out string entityId, out string? state)
    {
        (entityId, state) = ("", null);
        var walk = new WrittenJson(json);
        if (!walk.Pass("{\"event_type\":\"state_changed\",\"data\":{\"entity_id\":\""u8) || !walk.ReadText(out var id)) return false;
        if (!walk.Pass(",\"old_state\":"u8) || !(walk.Pass("null"u8) || walk.ReadObject(out _))) return false;
        if (!walk.Pass(",\"new_state\":"u8)) return false;
        entityId = Names.Of(id);
        if (walk.Pass("null"u8)) return true;
        if (!walk.Pass("{\"entity_id\":\""u8) || !walk.ReadText(out _)) return false;
        if (!walk.Pass(",\"state\":\""u8) || !walk.ReadText(out var text)) return false;
        state = Encoding.UTF8.GetString(text);
        return true;
    }

    private static (string EntityId, string? State) ReadByTokens(ReadOnlySpan<byte> json)
    {
        var reader = JsonScan.StartReading(json);
        if (!TryEnter(ref reader, "data"u8) || reader.TokenType != JsonTokenType.StartObject) throw new JsonException("A change of a state has data.");
        string? entityId = null;
        string? state = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("entity_id"u8)) entityId = TextOfNext(ref reader);
            else if (reader.ValueTextEquals("new_state"u8)) state = ReadStateText(ref reader);
            else reader.Skip();
        }

        return (entityId ?? throw new JsonException("A change of a state names its entity."), state);
    }

    private static string? ReadStateText(ref Utf8JsonReader reader)
    {
        string? state = null;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("state"u8)) state = TextOfNext(ref reader);
            else reader.Skip();
        }

        return state ?? "";
    }

    private static string? TextOfNext(ref Utf8JsonReader reader)
    {
        reader.Read();
        var text = JsonScan.ReadText(ref reader);
        reader.Skip();
        return text;
    }

    // Stands on the value of the member afterwards.
    private static bool TryEnter(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(name);
            reader.Read();
            if (isIt) return true;
            reader.Skip();
        }

        return false;
    }
}

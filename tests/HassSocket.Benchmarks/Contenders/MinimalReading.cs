using System.Text.Json;
using HassSocket.Benchmarks.Load;

namespace HassSocket.Benchmarks.Contenders;

/// <summary>One pass through a message: compares names, reads what is wanted as spans, skips the rest.</summary>
internal static class MinimalReading
{
    /// <summary>Reads one event, or an array of them.</summary>
    public static void Events(ReadOnlySpan<byte> message, ref LoadHash heard)
    {
        var reader = new Utf8JsonReader(message);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            Message(ref reader, ref heard);
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject) Message(ref reader, ref heard);
    }

    /// <summary>Reads the member <c>event</c> of a message.</summary>
    public static void Event(ref Utf8JsonReader reader, ref LoadHash heard)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isData = reader.ValueTextEquals("data"u8);
            var isChanged = reader.ValueTextEquals("c"u8);
            var isAdded = reader.ValueTextEquals("a"u8);
            reader.Read();
            if (isData) Data(ref reader, ref heard);
            else if (isChanged) Changed(ref reader, ref heard);
            else if (isAdded) Added(ref reader, ref heard);
            else reader.Skip();
        }
    }

    /// <summary>Reads the answer to a command: whose it is.</summary>
    public static int Answers(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject) return Answer(ref reader);
        var answers = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject) answers += Answer(ref reader);
        return answers;
    }

    /// <summary>Reads every token, and counts the entities of a list or map of them by their depth.</summary>
    public static int Scan(ReadOnlySpan<byte> message, int depth)
    {
        var reader = new Utf8JsonReader(message);
        var entities = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth == depth) entities++;
        }

        return entities;
    }

    private static void Message(ref Utf8JsonReader reader, ref LoadHash heard)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isEvent = reader.ValueTextEquals("event"u8);
            reader.Read();
            if (isEvent) Event(ref reader, ref heard);
            else reader.Skip();
        }
    }

    private static int Answer(ref Utf8JsonReader reader)
    {
        var (id, isGood) = (0L, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isId, isSuccess) = (reader.ValueTextEquals("id"u8), reader.ValueTextEquals("success"u8));
            reader.Read();
            if (isId) id = reader.GetInt64();
            else if (isSuccess) isGood = reader.GetBoolean();
            else reader.Skip();
        }

        return id > 0 && isGood ? 1 : 0;
    }

    private static void Data(ref Utf8JsonReader reader, ref LoadHash heard)
    {
        ReadOnlySpan<byte> entityId = default;
        ReadOnlySpan<byte> state = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isId, isNew) = (reader.ValueTextEquals("entity_id"u8), reader.ValueTextEquals("new_state"u8));
            reader.Read();
            if (isId) entityId = reader.ValueSpan;
            else if (isNew) state = State(ref reader, "state"u8);
            else reader.Skip();
        }

        heard.Add(entityId, state);
    }

    private static void Changed(ref Utf8JsonReader reader, ref LoadHash heard)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var entityId = reader.ValueSpan;
            ReadOnlySpan<byte> state = default;
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isPlus = reader.ValueTextEquals("+"u8);
                reader.Read();
                if (isPlus) state = State(ref reader, "s"u8);
                else reader.Skip();
            }

            heard.Add(entityId, state);
        }
    }

    private static void Added(ref Utf8JsonReader reader, ref LoadHash heard)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var entityId = reader.ValueSpan;
            reader.Read();
            heard.Add(entityId, State(ref reader, "s"u8));
        }
    }

    private static ReadOnlySpan<byte> State(scoped ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> state = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isState = reader.ValueTextEquals(name);
            reader.Read();
            if (isState) state = reader.ValueSpan;
            else reader.Skip();
        }

        return state;
    }
}

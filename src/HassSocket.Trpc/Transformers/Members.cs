using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace HassSocket.Trpc;

/// <summary>Finds members of UTF-8 JSON objects.</summary>
internal static class Members
{
    /// <summary>How deep a payload may be nested before reading it is refused.</summary>
    public const int MaxDepth = 512;

    public static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaxDepth };

    /// <summary>The value of a member of an object; empty where there is none.</summary>
    public static ReadOnlySequence<byte> Find(in ReadOnlySequence<byte> json, ReadOnlySpan<byte> name) => Find(json, name, name).Second;

    /// <summary>The values of two members of an object, in one pass; empty where there is none.</summary>
    public static (ReadOnlySequence<byte> First, ReadOnlySequence<byte> Second) Find(
        in ReadOnlySequence<byte> json, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var found = default((ReadOnlySequence<byte> First, ReadOnlySequence<byte> Second));
        if (json.IsEmpty) return found;
        var reader = new Utf8JsonReader(json, ReaderOptions);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return found;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isSecond = IsNamed(ref reader, second);
            var isFirst = !isSecond && IsNamed(ref reader, first);
            var value = ReadSpan(ref reader);
            if (isSecond) found.Second = json.Slice(value.Start, value.Length);
            else if (isFirst) found.First = json.Slice(value.Start, value.Length);
        }

        return found;
    }

    /// <summary>Whether the reader stands on a member of this name. The protocol never escapes its own names, and an escaped one may be no text at all.</summary>
    public static bool IsNamed(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => !reader.ValueIsEscaped && reader.ValueTextEquals(name);

    /// <summary>Reads over the value behind the reader's place.</summary>
    /// <returns>Where it is.</returns>
    public static (long Start, long Length) ReadSpan(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = reader.TokenStartIndex;
        reader.Skip();
        return (start, reader.BytesConsumed - start);
    }

    /// <summary>The text on which the reader stands; <see langword="null"/> where it is none, or no valid one.</summary>
    public static string? ReadText(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String) return null;
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // Lone surrogates: legal in JavaScript, in no other text.
            return null;
        }
    }

    /// <summary>The text of an element; one with lone surrogates is none.</summary>
    public static bool TryGetText(JsonElement element, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (element.ValueKind != JsonValueKind.String) return false;
        try
        {
            text = element.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Something readable of an element, whatever it is.</summary>
    public static string TextOf(JsonElement element) =>
        TryGetText(element, out var text) ? text : element.GetRawText().Trim('"');
}

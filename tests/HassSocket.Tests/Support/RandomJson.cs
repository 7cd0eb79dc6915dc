using System.Buffers;
using System.Text.Json;

namespace HassSocket.Tests.Support;

/// <summary>Writes objects that nobody would think of, the same ones for the same seed.</summary>
internal static class RandomJson
{
    private static readonly string[] Texts = ["", "a", "}", "]", "{", "[", "\"", "\\", "\\\"", "Küche", "🏠", "\n\t", "a text that is longer than a block of bytes is"];

    /// <summary>An object, UTF-8.</summary>
    public static byte[] Write(Random random)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) WriteObject(writer, random, depth: 0);
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteObject(Utf8JsonWriter writer, Random random, int depth)
    {
        writer.WriteStartObject();
        for (var members = random.Next(6); members > 0; members--)
        {
            writer.WritePropertyName(Text(random) + members);
            WriteValue(writer, random, depth + 1);
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, Random random, int depth)
    {
        switch (random.Next(depth > 5 ? 4 : 6))
        {
            case 0:
                writer.WriteNumberValue(random.NextDouble());
                break;
            case 1:
                writer.WriteBooleanValue(random.Next(2) == 0);
                break;
            case 2:
                writer.WriteNullValue();
                break;
            case 3:
                writer.WriteStringValue(Text(random));
                break;
            case 4:
                WriteObject(writer, random, depth);
                break;
            default:
                writer.WriteStartArray();
                for (var items = random.Next(5); items > 0; items--) WriteValue(writer, random, depth + 1);
                writer.WriteEndArray();
                break;
        }
    }

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Texts[random.Next(Texts.Length)]));
}

using System.Buffers;
using System.Text.Json;

namespace HassSocket.Dialect;

/// <summary>Puts attributes and their differences together.</summary>
internal static class AttributeMerge
{
    public static JsonElement Merge(JsonElement before, JsonElement changed, IReadOnlyList<string> removed)
    {
        if (changed.GetPropertyCount() == 0 && removed.Count == 0) return before;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var member in before.EnumerateObject())
            {
                if (!changed.TryGetProperty(member.Name, out _) && !removed.Contains(member.Name)) member.WriteTo(writer);
            }

            foreach (var member in changed.EnumerateObject())
            {
                if (!removed.Contains(member.Name)) member.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return JsonScan.Parse(buffer.WrittenSpan);
    }
}

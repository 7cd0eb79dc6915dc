using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace HassSocket.Endurance.Fuzz;

/// <summary>Makes what no server should say out of what servers said.</summary>
internal sealed partial class Mutator(IReadOnlyList<byte[]> frames, Random random)
{
    private static readonly string[] Numbers =
        ["NaN", "-NaN", "Infinity", "-Infinity", "1e999", "-0", "00", "1.", ".5", "0x10", new string('9', 400), "1e-400", "9223372036854775808", "-1", "1.5", "null", "true", "\"1\""];

    private static readonly string[] Texts =
        ["\\ud800", "\\udc00\\ud800", "\\u0000", "\\x", "\\", "\"", "\u2028", "\t", "\n", "\u0001", "\\uZZZZ", "\ufeff", "😀"];

    private static readonly string[] Members =
        ["\"id\":1,", "\"id\":null,", "\"type\":\"result\",", "\"type\":\"event\",", "\"success\":true,", "\"success\":false,", "\"result\":{},", "\"event\":[],", "\"error\":7,", "\"\":0,"];

    /// <summary>One frame, about one of the client's own numbers, and then mutated.</summary>
    /// <param name="ids">Numbers up to which the client has asked something.</param>
    /// <remarks>What is no JSON at all ends a session, and hides what was said behind it: only a part of that is said.</remarks>
    public byte[] Next(int ids)
    {
        while (true)
        {
            var frame = WithId(frames[random.Next(frames.Count)], ids);
            for (var times = random.Next(20) switch { 0 => 0, < 15 => 1, _ => random.Next(2, 5) }; times > 0; times--) frame = Mutate(frame, ids);
            if (random.Next(8) == 0 || IsJson(frame)) return frame;
        }
    }

    private static bool IsJson(byte[] frame)
    {
        try
        {
            var reader = new Utf8JsonReader(frame, new JsonReaderOptions { MaxDepth = 100_000 });
            reader.Read();
            reader.Skip();
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private byte[] Mutate(byte[] frame, int ids) => random.Next(5) == 0 ? Broken(frame, ids) : Bent(frame, ids);

    private byte[] Broken(byte[] frame, int ids) => random.Next(6) switch
    {
        0 => frame[..random.Next(frame.Length + 1)],
        1 => frame[random.Next(frame.Length + 1)..],
        2 => InvalidUtf8(frame),
        3 => Spliced(frame, WithId(frames[random.Next(frames.Count)], ids)),
        4 => Nested(frame, random.Next(frame.Length + 1)),
        _ => Removed(frame),
    };

    private byte[] Bent(byte[] frame, int ids) => random.Next(8) switch
    {
        0 => Flipped(frame),
        1 => Nested(frame, Array.LastIndexOf(frame, (byte)':') + 1),
        2 or 3 => Replaced(frame, AnyNumber(), Numbers),
        4 => Inserted(frame, AnyQuote(), Texts),
        5 or 6 => Inserted(frame, AnyBrace(), Members),
        _ => Together(frame, ids),
    };

    private byte[] WithId(byte[] frame, int ids) => Encoding.UTF8.GetBytes(AnyId().Replace(
        Encoding.UTF8.GetString(frame), _ => $"\"id\":{random.Next(1, ids + 3).ToString(CultureInfo.InvariantCulture)}"));

    private byte[] Flipped(byte[] frame)
    {
        var copy = frame.ToArray();
        for (var times = random.Next(1, 6); times > 0 && copy.Length > 0; times--) copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8));
        return copy;
    }

    private byte[] Nested(byte[] frame, int at)
    {
        var depth = random.Next(40) == 0 ? 20_000 : random.Next(40, 300);
        var (open, close) = random.Next(2) == 0 ? ("[", "]") : ("{\"a\":", "}");
        var middle = string.Concat(Enumerable.Repeat(open, depth)) + (random.Next(4) != 0 ? "1" + string.Concat(Enumerable.Repeat(close, depth)) + ",\"b\":" : "");
        return [.. frame[..at], .. Encoding.UTF8.GetBytes(middle), .. frame[at..]];
    }

    private byte[] Replaced(byte[] frame, Regex what, string[] by)
    {
        var text = Encoding.UTF8.GetString(frame);
        var places = what.Matches(text);
        if (places.Count == 0) return frame;
        var place = places[random.Next(places.Count)];
        return Encoding.UTF8.GetBytes(string.Concat(text.AsSpan(0, place.Index), by[random.Next(by.Length)], text.AsSpan(place.Index + place.Length)));
    }

    private byte[] Inserted(byte[] frame, Regex behind, string[] texts)
    {
        var text = Encoding.UTF8.GetString(frame);
        var places = behind.Matches(text);
        return places.Count == 0 ? frame : Encoding.UTF8.GetBytes(text.Insert(places[random.Next(places.Count)].Index + 1, texts[random.Next(texts.Length)]));
    }

    private byte[] InvalidUtf8(byte[] frame)
    {
        byte[][] bad = [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0x80], [0xE2, 0x82]];
        var at = random.Next(frame.Length + 1);
        return [.. frame[..at], .. bad[random.Next(bad.Length)], .. frame[at..]];
    }

    private byte[] Spliced(byte[] one, byte[] other) => [.. one[..random.Next(one.Length + 1)], .. other[random.Next(other.Length + 1)..]];

    private byte[] Together(byte[] frame, int ids)
    {
        var items = Enumerable.Range(0, random.Next(1, 8)).Select(i => i == 0 ? frame : WithId(frames[random.Next(frames.Count)], ids));
        return [(byte)'[', .. items.SelectMany((item, i) => i == 0 ? item : [(byte)',', .. item]), (byte)']'];
    }

    private byte[] Removed(byte[] frame)
    {
        var from = random.Next(frame.Length + 1);
        return [.. frame[..from], .. frame[Math.Min(frame.Length, from + random.Next(1, 20))..]];
    }

    [GeneratedRegex("\"id\":\\s*\\d+")]
    private static partial Regex AnyId();

    [GeneratedRegex("(?<=[:,\\[]\\s?)-?\\d[\\d.eE+-]*")]
    private static partial Regex AnyNumber();

    [GeneratedRegex("\"")]
    private static partial Regex AnyQuote();

    [GeneratedRegex("[{]")]
    private static partial Regex AnyBrace();
}

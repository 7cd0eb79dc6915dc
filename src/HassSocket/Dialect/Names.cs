using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace HassSocket.Dialect;

/// <summary>One text for each name that comes again and again, such as the ids of entities: found by its bytes, made once.</summary>
internal static class Names
{
    // More than any house has entities; a server that makes names up fills no memory.
    private const int Most = 65_536;
    private const int Longest = 256;
    private static readonly ConcurrentDictionary<string, string> Known = new(new ByUtf8());
    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<byte>> ByBytes = Known.GetAlternateLookup<ReadOnlySpan<byte>>();
    private static int _count;

    /// <summary>The name that these bytes spell.</summary>
    public static string Of(ReadOnlySpan<byte> utf8)
    {
        if (ByBytes.TryGetValue(utf8, out var known)) return known;
        var name = Encoding.UTF8.GetString(utf8);
        if (utf8.Length > Longest || Volatile.Read(ref _count) >= Most || !Known.TryAdd(name, name)) return name;
        Interlocked.Increment(ref _count);
        return name;
    }

    /// <summary>Finds a text by its UTF-8 bytes without making it.</summary>
    private sealed class ByUtf8 : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
    {
        public bool Equals(string? one, string? other) => string.Equals(one, other, StringComparison.Ordinal);

        public int GetHashCode([DisallowNull] string name)
        {
            Span<byte> utf8 = stackalloc byte[Longest];
            return Encoding.UTF8.TryGetBytes(name, utf8, out var length) ? GetHashCode(utf8[..length]) : name.Length;
        }

        public bool Equals(ReadOnlySpan<byte> utf8, string name) => Ascii.Equals(utf8, name) || EqualsByBytes(utf8, name);

        public int GetHashCode(ReadOnlySpan<byte> utf8)
        {
            var hash = new HashCode();
            hash.AddBytes(utf8);
            return hash.ToHashCode();
        }

        public string Create(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);

        private static bool EqualsByBytes(ReadOnlySpan<byte> utf8, string name)
        {
            Span<byte> bytes = stackalloc byte[Longest];
            return Encoding.UTF8.TryGetBytes(name, bytes, out var length) && utf8.SequenceEqual(bytes[..length]);
        }
    }
}

using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace HassSocket.Endurance.Fuzz;

/// <summary>What real servers said, from the recordings of the tests.</summary>
internal static class RecordedFrames
{
    private const int Longest = 6 * 1024;

    public static IReadOnlyList<byte[]> Load()
    {
        var folder = Path.Combine(Repository.Root, "tests", "Recordings", "home-assistant");
        return [.. Directory.EnumerateFiles(folder, "*.jsonl.gz").Order(StringComparer.Ordinal).SelectMany(Read).DistinctBy(Convert.ToHexString)];
    }

    private static IEnumerable<byte[]> Read(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress), Encoding.UTF8);
        // Lines end at \n only: some texts hold other separators.
        foreach (var line in reader.ReadToEnd().Split('\n'))
        {
            if (line.Length == 0) continue;
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.TryGetProperty("dir", out var direction) && direction.ValueEquals("<") && root.TryGetProperty("raw", out var raw)
                && raw.GetString() is { Length: > 0 and < Longest } text)
                yield return Encoding.UTF8.GetBytes(text);
        }
    }
}

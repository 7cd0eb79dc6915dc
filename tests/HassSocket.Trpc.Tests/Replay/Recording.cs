using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace HassSocket.Trpc.Tests.Replay;

/// <summary>What a tRPC server and a client said to each other once: a file of JSON lines, gzipped or not.</summary>
internal sealed record Recording(string Name, bool IsSuperJson, IReadOnlyList<Line> Lines)
{
    /// <summary>The environment variable that names a folder with more recordings.</summary>
    public const string FolderVariable = "TRPC_RECORDINGS";

    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Recordings", "trpc");

    /// <summary>The files that came with the sources.</summary>
    public static IEnumerable<string> Committed => Files(Folder);

    /// <summary>The files of the folder that <see cref="FolderVariable"/> names.</summary>
    public static IEnumerable<string> Foreign => Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder ? Files(folder) : [];

    /// <summary>The numbers of the connections that were opened.</summary>
    public IEnumerable<int> Connections =>
        Lines.Where(line => line.Connection > 0 && (line.IsAsked || line.IsSaid)).Select(line => line.Connection).Distinct().Order();

    /// <summary>One of the committed recordings.</summary>
    public static Recording Named(string name) => Load(Path.Combine(Folder, name + ".jsonl.gz"));

    public static Recording Load(string path)
    {
        using var file = File.OpenRead(path);
        using Stream bytes = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(bytes, Encoding.UTF8);
        return Parse(NameOf(path), reader.ReadToEnd());
    }

    public static Recording Parse(string name, string text)
    {
        // Only \n ends a line: texts within hold other characters that line readers take for an end, such as U+2028.
        var rows = text.TrimEnd('\n').Split('\n');
        var meta = JsonDocument.Parse(rows[0]).RootElement.GetProperty("meta");
        var isSuperJson = meta.GetProperty("transformer").GetString()!.StartsWith("superjson", StringComparison.Ordinal);
        return new Recording(name, isSuperJson, [.. rows.Skip(1).Select((row, i) => Line.Read(i + 2, JsonDocument.Parse(row).RootElement))]);
    }

    public static string NameOf(string path) =>
        Path.GetFileName(path).Replace(".gz", "", StringComparison.Ordinal).Replace(".jsonl", "", StringComparison.Ordinal);

    public override string ToString() => Name;

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*.jsonl*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}

using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace HassSocket.Tests.Replay;

/// <summary>What a server and a client said to each other once: a file of JSON lines, gzipped or not.</summary>
internal sealed class Recording
{
    /// <summary>The environment variable that names a folder with more recordings.</summary>
    public const string FolderVariable = "HASS_RECORDINGS";

    private Recording(string name, JsonElement meta, IReadOnlyList<Line> lines)
    {
        Name = name;
        Meta = meta;
        Lines = lines;
    }

    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Recordings", "home-assistant");

    /// <summary>The file's name, without its extensions.</summary>
    public string Name { get; }

    public JsonElement Meta { get; }

    /// <summary>All lines but the first.</summary>
    public IReadOnlyList<Line> Lines { get; }

    /// <summary>The server's name and version, as the recorder noted it.</summary>
    public string Server => MetaText("server");

    public string Scenario => MetaText("scenario");

    /// <summary>The numbers of the connections on which something was said.</summary>
    public IEnumerable<int> Connections => Lines.Where(line => line.Kind is LineKind.Asked or LineKind.Said).Select(line => line.Connection).Distinct().Order();

    /// <summary>The files that came with the sources.</summary>
    public static IEnumerable<string> Committed => Files(Folder);

    /// <summary>The files of the folder that <see cref="FolderVariable"/> names, as far as they are about Home Assistant.</summary>
    public static IEnumerable<string> Foreign =>
        Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder ? Files(Path.GetFullPath(folder)).Where(IsOfHomeAssistant) : [];

    public string MetaText(string name) => Meta.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    public static Recording Load(string path)
    {
        using var file = File.OpenRead(path);
        using var bytes = new MemoryStream();
        Unpacked(path, file).CopyTo(bytes);
        return Parse(NameOf(path), Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }

    public static Recording Parse(string name, string text)
    {
        // Only \n ends a line: the texts within hold other characters that line readers take for an end, such as U+2028.
        var rows = text.TrimStart('\uFEFF').Split('\n');
        var meta = Read(name, 1, rows[0]).TryGetProperty("meta", out var told) ? told : JsonElement.Parse("{}");
        var lines = new List<Line>(rows.Length);
        for (var i = 1; i < rows.Length; i++)
        {
            if (rows[i].Length > 0) lines.Add(Line.Read(i + 1, Read(name, i + 1, rows[i])));
        }

        return new Recording(name, meta, lines);
    }

    public static string NameOf(string path) =>
        Path.GetFileName(path).Replace(".gz", "", StringComparison.OrdinalIgnoreCase).Replace(".jsonl", "", StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Name;

    private static bool IsOfHomeAssistant(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var reader = new StreamReader(Unpacked(path, file));
            var first = Read(NameOf(path), 1, reader.ReadLine() ?? "{}");
            return !first.TryGetProperty("meta", out var meta) || !meta.TryGetProperty("server", out var server)
                || server.ToString().StartsWith("Home Assistant", StringComparison.Ordinal);
        }
        catch (InvalidDataException)
        {
            // What cannot be read says so in a test of its own.
            return true;
        }
    }

    private static Stream Unpacked(string path, FileStream file) =>
        path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*.jsonl*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".jsonl.gz", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal);

    private static JsonElement Read(string name, int number, string row)
    {
        try
        {
            return JsonElement.Parse(row, new JsonDocumentOptions { MaxDepth = 1024 });
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"Line {number} of the recording '{name}' is not JSON: {e.Message}", e);
        }
    }
}

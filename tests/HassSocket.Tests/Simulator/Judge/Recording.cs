using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HassSocket.Tests.Simulator.Judge;

/// <summary>One recorded line; the README of the recordings' folder explains the format.</summary>
internal sealed record RecordedLine(double At, int Connection, char Direction, JsonElement Fields)
{
    /// <summary>The text of a message; <see langword="null"/> for anything else.</summary>
    public string? Raw => Fields.TryGetProperty("raw", out var raw) ? raw.GetString() : null;

    /// <summary>The bytes of a binary message.</summary>
    public byte[]? Binary => Fields.TryGetProperty("binary", out var hex) ? Convert.FromHexString(hex.GetString()!) : null;

    /// <summary>What happened to a connection, such as <c>open</c> or <c>closed</c>.</summary>
    public string? Event => Fields.TryGetProperty("event", out var happened) ? happened.GetString() : null;

    /// <summary>The same line with another text.</summary>
    public RecordedLine WithRaw(string raw)
    {
        var fields = JsonObject.Create(Fields)!;
        fields["raw"] = raw;
        using var document = JsonDocument.Parse(fields.ToJsonString());
        return this with { Fields = document.RootElement.Clone() };
    }

    public bool IsCut => Fields.TryGetProperty("truncated", out _);
}

/// <summary>What a real server and a client said to each other.</summary>
internal sealed record Recording(string Name, IReadOnlyList<RecordedLine> Lines)
{
    public static string Folder => Path.Combine(Repository.Root, "tests", "Recordings", "home-assistant");

    public static IEnumerable<string> Names => Directory
        .EnumerateFiles(Folder, "*.jsonl.gz")
        .Select(file => Path.GetFileName(file).Replace(".jsonl.gz", "", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    /// <summary>The same recording with its lines changed, to see whether the judge notices.</summary>
    public Recording With(Func<IReadOnlyList<RecordedLine>, IEnumerable<RecordedLine>> change) => this with { Lines = [.. change(Lines)] };

    public static Recording Read(string name)
    {
        using var file = File.OpenRead(Path.Combine(Folder, name + ".jsonl.gz"));
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked, Encoding.UTF8);

        // Some texts hold U+2028, which is no end of a line here.
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new Recording(name, [.. lines.Skip(1).Select(ReadLine)]);
    }

    private static RecordedLine ReadLine(string line)
    {
        using var document = JsonDocument.Parse(line);
        var fields = document.RootElement.Clone();
        return new RecordedLine(
            fields.GetProperty("t").GetDouble(),
            fields.TryGetProperty("c", out var connection) ? connection.GetInt32() : 0,
            fields.GetProperty("dir").GetString()![0],
            fields);
    }
}

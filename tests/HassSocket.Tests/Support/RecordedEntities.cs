using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace HassSocket.Tests.Support;

/// <summary>What a real server told about entities: the messages of one connection of a recording.</summary>
internal static class RecordedEntities
{
    /// <summary>Everything that the server said on a connection, arrays unrolled.</summary>
    public static IReadOnlyList<JsonObject> Said(string recording, int connection)
    {
        using var file = File.OpenRead(Path.Combine(Repository.Root, "tests/Recordings/home-assistant", recording + ".jsonl.gz"));
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress), Encoding.UTF8);
        // Only \n ends a line: texts within hold characters that line readers take for an end.
        return [.. text.ReadToEnd().Split('\n').Skip(1).Where(line => line.Length > 0)
            .Select(line => JsonNode.Parse(line)!)
            .Where(line => (string?)line["dir"] == "<" && (int?)line["c"] == connection)
            .Select(line => JsonNode.Parse((string)line["raw"]!)!)
            .SelectMany(message => message is JsonArray several ? several.Select(one => one!.AsObject()) : [message.AsObject()])];
    }

    /// <summary>The events of one subscription.</summary>
    public static IReadOnlyList<JsonObject> Events(string recording, int connection, int subscription) =>
        [.. Said(recording, connection)
            .Where(message => (string?)message["type"] == "event" && (int?)message["id"] == subscription)
            .Select(message => message["event"]!.AsObject())];
}

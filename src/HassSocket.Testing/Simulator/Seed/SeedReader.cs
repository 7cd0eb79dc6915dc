using System.IO.Compression;
using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>What a real server answered, as it was recorded.</summary>
internal static class SeedReader
{
    public static JsonObject Config => Read("config").AsObject();

    public static JsonObject Services => Read("services").AsObject();

    public static JsonObject Registries => Read("registries").AsObject();

    public static JsonArray States => Read("states").AsArray();

    private static JsonNode Read(string name)
    {
        using var packed = typeof(SeedReader).Assembly.GetManifestResourceStream($"{name}.json.gz")!;
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        return JsonNode.Parse(unpacked)!;
    }
}

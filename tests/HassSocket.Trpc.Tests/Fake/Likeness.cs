using System.Text.Json.Nodes;

namespace HassSocket.Trpc.Tests.Fake;

/// <summary>Whether a fake server's message is like a recorded one: equal, but for words that belong to V8's parser or to a validator.</summary>
internal static class Likeness
{
    private static readonly string[] ForeignWords = ["is not valid JSON", "JSON input", "in JSON", "Cannot destructure"];

    public static bool Of(JsonNode expected, JsonNode actual)
    {
        // Some of the recorded servers add these to every error.
        if (ErrorOf(expected)?["data"] is JsonObject data) Array.ForEach(["zodError", "error"], name => data.Remove(name));
        if (JsonNode.DeepEquals(expected, actual)) return true;
        if (ErrorOf(expected) is not { } theirs || ErrorOf(actual) is not { } ours || !IsForeign(theirs["message"]!.GetValue<string>())) return false;
        theirs["message"] = ours["message"]!.DeepClone();
        return JsonNode.DeepEquals(expected, actual);
    }

    private static bool IsForeign(string message) =>
        message.StartsWith("[\n", StringComparison.Ordinal) || Array.Exists(ForeignWords, word => message.Contains(word, StringComparison.Ordinal));

    private static JsonNode? ErrorOf(JsonNode message) => message["error"]?["json"] ?? message["error"];
}

using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Takes members out of requests.</summary>
internal static class RequestFields
{
    /// <summary>A member as a node; another value where it was not given.</summary>
    public static JsonNode? Node(this CommandRequest request, string name, JsonNode? otherwise = null) =>
        request[name] is { } given ? given.ToNode() : otherwise;

    /// <summary>The members of these names that were given.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Given(this CommandRequest request, params IEnumerable<string> names) =>
        names.Where(name => request[name] is not null).Select(name => KeyValuePair.Create(name, request[name]!.Value.ToNode()));

    /// <summary>Sends an event of a subscription.</summary>
    public static void Event(this CommandRequest request, JsonNode content) => request.EventIdFirst(JsonBytes.Write(writer => writer.WriteNode(content)));

    public static void Answer(this CommandRequest request, IEnumerable<JsonObject> items) =>
        request.Result(new JsonArray([.. items.Select(item => item.DeepClone())]));
}

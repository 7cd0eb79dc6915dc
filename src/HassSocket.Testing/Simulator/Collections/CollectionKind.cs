using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>A kind of thing that users make themselves, such as an <c>input_boolean</c>: what it takes, and which entity shows it.</summary>
/// <param name="Domain">The domain: the beginning of its commands, and of its entities.</param>
/// <param name="Fields">What it takes besides its name.</param>
internal sealed record CollectionKind(string Domain, params Field[] Fields)
{
    /// <summary>What an item has when nothing else was said, as JSON.</summary>
    public string Defaults { get; init; } = "{}";

    /// <summary>Whether an update leaves what it does not name; otherwise that falls back to the defaults.</summary>
    public bool KeepsTheRest { get; init; }

    /// <summary>The members that are written as fractions, whatever was given.</summary>
    public IReadOnlyList<string> Fractions { get; init; } = [];

    /// <summary>The first state of an item's entity; <see langword="null"/> for kinds that have no entities.</summary>
    public Func<JsonObject, string>? State { get; init; }

    /// <summary>The members that the entity shows as attributes, besides icon and name.</summary>
    public IReadOnlyList<string> Shown { get; init; } = [];

    /// <summary>The name of the member that holds an item's id in commands and events.</summary>
    public string IdName => Domain + "_id";

    /// <summary>The entity of an item.</summary>
    public JsonObject Attributes(JsonObject item)
    {
        var attributes = new JsonObject { ["editable"] = true };
        foreach (var name in Shown) attributes[name] = item[name]?.DeepClone();
        foreach (var name in (string[])["unit_of_measurement", "icon"])
        {
            if (item[name] is { } value) attributes[name] = value.DeepClone();
        }

        attributes["friendly_name"] = item["name"]!.DeepClone();
        return attributes;
    }

    /// <summary>An item of what was given.</summary>
    public JsonObject Item(string id, JsonObject given)
    {
        var item = new JsonObject { ["id"] = id };
        foreach (var (name, value) in given) item[name] = value?.DeepClone();
        foreach (var (name, value) in JsonNode.Parse(Defaults)!.AsObject())
        {
            if (!item.ContainsKey(name)) item[name] = value?.DeepClone();
        }

        foreach (var name in Fractions)
        {
            if (item[name].Number() is { } number) item[name] = JsonNode.Parse(PythonText.Number(number));
        }

        return item;
    }
}

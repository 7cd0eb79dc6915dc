using System.Text.Json.Serialization.Metadata;

namespace HassSocket.Trpc;

/// <summary>A class, custom transformer or symbol that is registered with superjson at the server, so that it may be sent.</summary>
/// <remarks>What the server has not registered it cannot read, and it says so without telling which request it means: register here only what is registered there.</remarks>
public sealed record SuperJsonClass
{
    private SuperJsonClass(string kind, string id, JsonTypeInfo? typeInfo) => (Kind, Id, TypeInfo) = (kind, id, typeInfo);

    internal string Kind { get; }

    internal string Id { get; }

    internal JsonTypeInfo? TypeInfo { get; }

    /// <summary>A class (<c>registerClass</c>), whose members are written as those of the model.</summary>
    /// <typeparam name="T">The model; its values are sent as instances of the class.</typeparam>
    /// <param name="id">The name that the class is registered by.</param>
    /// <param name="typeInfo">How the model is written.</param>
    public static SuperJsonClass Class<T>(string id, JsonTypeInfo<T> typeInfo) => Create("class", id, typeInfo);

    /// <summary>A custom transformer (<c>registerCustom</c>), whose serialized form is the model's.</summary>
    /// <typeparam name="T">The model; its values are sent through the transformer.</typeparam>
    /// <param name="name">The name that the transformer is registered by.</param>
    /// <param name="typeInfo">How the model is written.</param>
    public static SuperJsonClass Custom<T>(string name, JsonTypeInfo<T> typeInfo) => Create("custom", name, typeInfo);

    /// <summary>A symbol (<c>registerSymbol</c>), sent as a <see cref="JsTagged"/> with the tag <c>["symbol",id]</c>.</summary>
    /// <param name="id">The name that the symbol is registered by.</param>
    public static SuperJsonClass Symbol(string id) => Create("symbol", id, null);

    private static SuperJsonClass Create(string kind, string id, JsonTypeInfo? typeInfo)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (kind != "symbol") ArgumentNullException.ThrowIfNull(typeInfo);
        return new SuperJsonClass(kind, id, typeInfo);
    }
}

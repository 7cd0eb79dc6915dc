using System.Text.Json.Serialization.Metadata;

namespace HassSocket.Trpc;

/// <summary>What the description of a model says about its parts.</summary>
internal static class ModelInfo
{
    /// <summary>The model beneath a nullable one.</summary>
    public static JsonTypeInfo? Unwrap(JsonTypeInfo? model) =>
        model is not null && Nullable.GetUnderlyingType(model.Type) is { } inner ? Of(model, inner) : model;

    /// <summary>The model of a member; nothing where it is not known.</summary>
    public static JsonTypeInfo? OfMember(JsonTypeInfo? model, string name) => model?.Kind switch
    {
        JsonTypeInfoKind.Dictionary => OfElement(model),
        JsonTypeInfoKind.Object => Property(model, name) is { CustomConverter: null } property ? Of(model, property.PropertyType) : null,
        _ => null,
    };

    /// <summary>The model of the elements of a list or dictionary; nothing where it is not known.</summary>
    public static JsonTypeInfo? OfElement(JsonTypeInfo? model) => model?.ElementType is { } element ? Of(model, element) : null;

    /// <summary>The name by which a model reads a member, whatever its naming.</summary>
    public static string NameOf(JsonTypeInfo? model, string name) => (model is null ? null : Property(model, name))?.Name ?? name;

    /// <summary>Whether a model is that of a key and a value.</summary>
    public static bool IsPair(JsonTypeInfo? model) =>
        model is { Kind: JsonTypeInfoKind.Object, Properties.Count: 2, Type.IsGenericType: true } && model.Type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);

    /// <summary>The description of another type by the same options; nothing where they know none.</summary>
    public static JsonTypeInfo? Of(JsonTypeInfo near, Type type)
    {
        try
        {
            return near.Options.GetTypeInfo(type);
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonPropertyInfo? Property(JsonTypeInfo model, string name) => model.Kind != JsonTypeInfoKind.Object
        ? null
        : model.Properties.FirstOrDefault(property => property.Name == name)
            ?? model.Properties.FirstOrDefault(property => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase));
}

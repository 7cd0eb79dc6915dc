using System.Text.Json;

namespace HassSocket;

/// <summary>One field of a service's data, or a section of such fields, as in <c>get_services</c>.</summary>
public sealed record ServiceField
{
    /// <summary>Its name in the user interface; newer servers give none here.</summary>
    public string? Name { get; init; }

    /// <summary>What it means; newer servers give none here.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the service needs it.</summary>
    public bool Required { get; init; }

    /// <summary>Whether it is for advanced users.</summary>
    public bool Advanced { get; init; }

    /// <summary>An example of its value.</summary>
    public JsonElement? Example { get; init; }

    /// <summary>What the service takes when it is left out.</summary>
    public JsonElement? Default { get; init; }

    /// <summary>What values it takes, as the server writes it: <c>{"number":{"min":0,"max":100}}</c>.</summary>
    public JsonElement? Selector { get; init; }

    /// <summary>Which targets it makes sense for, as the server writes it.</summary>
    public JsonElement? Filter { get; init; }

    /// <summary>The fields within, where this is a section; empty otherwise.</summary>
    public IReadOnlyDictionary<string, ServiceField> Fields { get; init => field = value ?? ServiceDescription.NoFields; } = ServiceDescription.NoFields;
}

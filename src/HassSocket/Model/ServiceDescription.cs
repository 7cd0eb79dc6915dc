using System.Text.Json;

namespace HassSocket;

/// <summary>What a service takes and gives, as in <c>get_services</c>.</summary>
public sealed record ServiceDescription
{
    /// <summary>Its name in the user interface; newer servers keep it in their translations and give none here.</summary>
    public string? Name { get; init; }

    /// <summary>What it does; newer servers keep it in their translations and give none here.</summary>
    public string? Description { get; init; }

    /// <summary>The fields of its data, by name. Some are sections that hold further fields.</summary>
    public IReadOnlyDictionary<string, ServiceField> Fields { get; init => field = value ?? NoFields; } = NoFields;

    /// <summary>What it may be aimed at, as the server writes it (an empty object means anything); <see langword="null"/> where it takes no target.</summary>
    public JsonElement? Target { get; init; }

    /// <summary>Its response; <see langword="null"/> where it never has one.</summary>
    public ServiceResponseSupport? Response { get; init; }

    internal static IReadOnlyDictionary<string, ServiceField> NoFields { get; } = new Dictionary<string, ServiceField>();
}

using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using HassSocket.Dialect;

namespace HassSocket;

/// <summary>The members of a JSON object that a command is given, such as the data of a service call: a snapshot, taken at once.</summary>
/// <remarks>
/// Converts from <see cref="JsonObject"/> and <see cref="JsonElement"/> by itself; <see cref="Of{T}"/> takes a type of yours.
/// What is null in it is sent as null.
/// </remarks>
public sealed class JsonFields
{
    private JsonFields(JsonElement value) => Value = value.ValueKind == JsonValueKind.Object
        ? value
        : throw new ArgumentException($"The data must be a JSON object with named members, but is {value.ValueKind}.", nameof(value));

    /// <summary>The members, as a JSON object.</summary>
    public JsonElement Value { get; }

    /// <summary>Takes a JSON object.</summary>
    /// <param name="value">The object; later changes of it have no effect.</param>
    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator JsonFields?(JsonObject? value) => FromJsonObject(value);

    /// <summary>Takes a JSON object.</summary>
    /// <param name="value">The object.</param>
    /// <exception cref="ArgumentException">It is not an object.</exception>
    public static implicit operator JsonFields(JsonElement value) => FromJsonElement(value);

    /// <inheritdoc cref="op_Implicit(JsonObject)"/>
    [return: NotNullIfNotNull(nameof(value))]
    public static JsonFields? FromJsonObject(JsonObject? value) => value is null ? null : new JsonFields(JsonScan.Snapshot(value));

    /// <inheritdoc cref="op_Implicit(JsonElement)"/>
    public static JsonFields FromJsonElement(JsonElement value) => new(value.ValueKind == JsonValueKind.Undefined ? value : value.Clone());

    /// <summary>Takes a value of a type of yours.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="typeInfo">How it is written, from your <see cref="JsonSerializerContext"/>.</param>
    /// <exception cref="ArgumentException">It is not written as an object.</exception>
    public static JsonFields Of<T>(T value, JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        return new JsonFields(JsonSerializer.SerializeToElement(value, typeInfo));
    }

    /// <summary>Takes any object, such as an anonymous one, by reflection; its members that are null are left out.</summary>
    /// <param name="value">The object.</param>
    /// <exception cref="ArgumentException">It is not written as an object.</exception>
    [RequiresUnreferencedCode("Reads the members of an object by reflection; use JsonFields.Of with a JsonTypeInfo, or a JsonObject.")]
    [RequiresDynamicCode("Reads the members of an object by reflection; use JsonFields.Of with a JsonTypeInfo, or a JsonObject.")]
    public static JsonFields FromObject(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value is Target or CancellationToken)
            throw new ArgumentException($"A {value.GetType().Name} stands where the data belongs; name the argument (target: …, cancellationToken: …).", nameof(value));
        return value as JsonFields ?? new JsonFields(JsonSerializer.SerializeToElement(value, value.GetType(), Reflection.Options));
    }

    /// <summary>The members as JSON text.</summary>
    public override string ToString() => Value.GetRawText();

    internal void WriteMembersTo(Utf8JsonWriter writer)
    {
        foreach (var member in Value.EnumerateObject()) member.WriteTo(writer);
    }

    internal void WriteTo(Utf8JsonWriter writer, ReadOnlySpan<byte> name)
    {
        writer.WritePropertyName(name);
        Value.WriteTo(writer);
    }

    private static class Reflection
    {
        public static readonly JsonSerializerOptions Options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    }
}

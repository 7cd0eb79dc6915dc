using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace HassSocket.Trpc;

/// <summary>superjson, as Homarr and many other servers use it: dates, sets, maps, big numbers and more keep what they are.</summary>
/// <remarks>
/// Models are written and read by their description, property by property. On the way out <see cref="DateTimeOffset"/> and
/// <see cref="DateTime"/> become a Date, <see cref="System.Numerics.BigInteger"/> a bigint, NaN and the infinities numbers,
/// <see cref="Uri"/> a URL, sets a Set, dictionaries with other keys than text a Map, bytes a Uint8Array, and so on. On the way in
/// the model decides what it takes them for. Read as <see cref="object"/>, a value is a graph of plain values,
/// <see cref="Dictionary{TKey, TValue}"/>, <see cref="List{T}"/> and the types of this package that begin with Js.
/// </remarks>
public sealed class SuperJsonTransformer : TrpcTransformer
{
    private readonly SuperJsonClass[] _classes;

    /// <summary>Creates the transformer.</summary>
    /// <param name="classes">What may be sent because the server has registered it.</param>
    public SuperJsonTransformer(params SuperJsonClass[] classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        _classes = [.. classes];
    }

    /// <summary>Whether requests may share a message: not with registered classes, since the server may not know them.</summary>
    public override bool AllowsBatches => _classes.Length == 0;

    /// <inheritdoc/>
    public override bool WritesNoInput => true;

    /// <inheritdoc/>
    public override void WriteInput(Utf8JsonWriter writer, object? value, JsonTypeInfo typeInfo)
    {
        ArgumentNullException.ThrowIfNull(writer);
        new SuperJsonWriter(writer, _classes).Write(value, typeInfo);
    }

    /// <inheritdoc/>
    public override void WriteNoInput(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteRawValue("""{"json":null,"meta":{"values":["undefined"],"v":1}}"""u8, skipInputValidation: true);
    }

    /// <inheritdoc/>
    public override T? Read<T>(TrpcPayload payload, JsonTypeInfo<T> typeInfo)
        where T : default
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        if (typeof(T) != typeof(object) && Members.Find(payload.Json, "meta"u8).IsEmpty)
            return Json.Read(payload with { Json = Members.Find(payload.Json, "json"u8) }, typeInfo);
        var graph = GraphOf(payload);
        if (graph is JsUndefined && typeof(T) != typeof(object)) return TrpcPayload.Undefined<T>();
        if (typeof(T) == typeof(object)) return (T?)GraphValues.Of(graph);
        return JsonSerializer.Deserialize(Flatten(graph, typeInfo).WrittenSpan, typeInfo);
    }

    /// <inheritdoc/>
    public override JsonElement UnwrapError(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object || !error.TryGetProperty("json"u8, out var json)) return error;
        if (!error.TryGetProperty("meta"u8, out _)) return json;
        using var document = JsonDocument.Parse(Flatten(SuperJsonReader.Read(error), null).WrittenMemory, new JsonDocumentOptions { MaxDepth = Members.MaxDepth });
        return document.RootElement.Clone();
    }

    private static object? GraphOf(TrpcPayload payload)
    {
        if (payload.Json.IsEmpty) return JsUndefined.Value;
        var reader = new Utf8JsonReader(payload.Json, Members.ReaderOptions);
        var graph = SuperJsonReader.Read(JsonElement.ParseValue(ref reader));
        if (!payload.IsTracked) return graph;
        return graph is Dictionary<string, object?> pair && pair.TryGetValue("data", out var data) ? data : JsUndefined.Value;
    }

    private static ArrayBufferWriter<byte> Flatten(object? graph, JsonTypeInfo? typeInfo)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = Members.MaxDepth });
        new GraphWriter(writer).Write(graph, typeInfo);
        writer.Flush();
        return buffer;
    }
}

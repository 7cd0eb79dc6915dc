using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace HassSocket.Trpc;

/// <summary>No transformer: values are plain JSON.</summary>
internal sealed class JsonTransformer : TrpcTransformer
{
    public override bool AllowsBatches => true;

    public override void WriteInput(Utf8JsonWriter writer, object? value, JsonTypeInfo typeInfo)
    {
        // JSON as it is goes out as it is: it may hold texts that are none in .NET.
        if (value is JsonElement { ValueKind: not JsonValueKind.Undefined } json) writer.WriteRawValue(json.GetRawText());
        else JsonSerializer.Serialize(writer, value, typeInfo);
    }

    public override T? Read<T>(TrpcPayload payload, JsonTypeInfo<T> typeInfo)
        where T : default
    {
        var json = payload.IsTracked ? Members.Find(payload.Json, "data"u8) : payload.Json;
        if (json.IsEmpty) return TrpcPayload.Undefined<T>();
        var reader = new Utf8JsonReader(json, Members.ReaderOptions);
        return JsonSerializer.Deserialize(ref reader, typeInfo);
    }
}

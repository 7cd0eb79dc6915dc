using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace HassSocket.Trpc.Tests.Transformers;

/// <summary>Reads and writes envelopes as text.</summary>
internal static class SuperJsonText
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    public static T? Read<T>(string envelope, bool isTracked = false) => TrpcTransformer.SuperJson.Read(
        new TrpcPayload(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(envelope)), isTracked),
        (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T)));

    public static string Write(object? value, params SuperJsonClass[] classes)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        new SuperJsonTransformer(classes).WriteInput(writer, value, Options.GetTypeInfo(value?.GetType() ?? typeof(object)));
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static JsonTypeInfo<T> InfoOf<T>() =>
        (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
}

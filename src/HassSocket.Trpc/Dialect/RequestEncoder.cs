using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HassSocket.Trpc.Dialect;

/// <summary>Writes requests, all but their id: <c>"method":"query","params":{…}}</c>; the dialect puts <c>{"id":7,</c> before it.</summary>
internal static class RequestEncoder
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the body of a request.</summary>
    /// <exception cref="ArgumentException">The input cannot be written; the message says why.</exception>
    public static void Encode(IBufferWriter<byte> body, ProcedureKind kind, TrpcRequest request, TrpcTransformer transformer, string? lastEventId = null)
    {
        body.Write(Opening(kind));
        using var writer = new Utf8JsonWriter(body, Options);
        writer.WriteStartObject();
        writer.WriteString("path"u8, request.Path);
        WriteInput(writer, request, transformer);
        // It is not passed through the transformer, and nothing but a text will do.
        if (lastEventId is not null) writer.WriteString("lastEventId"u8, lastEventId);
        writer.WriteEndObject();
        writer.Flush();
        body.Write("}"u8);
    }

    /// <summary>Puts a call into an envelope of its own.</summary>
    public static CommandEnvelope ToEnvelope(ProcedureKind kind, TrpcRequest request, TrpcTransformer transformer)
    {
        var envelope = new CommandEnvelope(request.Path)
        {
            ExpectResponseAfter = request.ExpectResponseAfter,
            WhenDisconnected = request.WhenDisconnected,
            WhenPaused = request.WhenPaused,
        };
        Encode(envelope, kind, request, transformer);
        return envelope;
    }

    private static ReadOnlySpan<byte> Opening(ProcedureKind kind) => kind switch
    {
        ProcedureKind.Query => "\"method\":\"query\",\"params\":"u8,
        ProcedureKind.Mutation => "\"method\":\"mutation\",\"params\":"u8,
        _ => "\"method\":\"subscription\",\"params\":"u8,
    };

    private static void WriteInput(Utf8JsonWriter writer, TrpcRequest request, TrpcTransformer transformer)
    {
        try
        {
            if (request.Input is { } input)
            {
                writer.WritePropertyName("input"u8);
                transformer.WriteInput(writer, input.Value, input.TypeInfo);
            }
            else if (transformer.WritesNoInput)
            {
                writer.WritePropertyName("input"u8);
                transformer.WriteNoInput(writer);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NotSupportedException or ArgumentException)
        {
            throw new ArgumentException($"'{request.Path}' was not sent: its input cannot be written. {e.Message}", nameof(request), e);
        }
    }
}

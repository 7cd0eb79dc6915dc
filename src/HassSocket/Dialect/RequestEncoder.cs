using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HassSocket.Dialect;

/// <summary>Writes requests, all but their id: <c>"type":"…", …fields}</c>; the dialect puts <c>{"id":7,</c> before it.</summary>
internal static class RequestEncoder
{
    private const int LargestKept = 64 * 1024;

    [ThreadStatic]
    private static Workbench? _workbench;

    /// <summary>Writes the body of a request.</summary>
    /// <exception cref="InvalidOperationException">The fields are written wrongly; the message says how.</exception>
    public static void Encode(IBufferWriter<byte> body, string type, Action<Utf8JsonWriter> writeFields) =>
        Encode(body, type, writeFields, static (write, writer) => write(writer));

    /// <summary>The same for fields that are written by something else, without an object in between.</summary>
    public static void Encode<TFields>(IBufferWriter<byte> body, string type, TFields fields, Action<TFields, Utf8JsonWriter> writeFields)
    {
        // Taken for the time of the call: fields are user code, and may themselves encode a command.
        var workbench = _workbench ?? new Workbench();
        _workbench = null;
        try
        {
            workbench.Write(type, fields, writeFields);
            var json = workbench.Buffer.WrittenSpan;
            RefuseForeignMembers(json, type);
            body.Write(json[1..]);
        }
        finally
        {
            workbench.Buffer.ResetWrittenCount();
            if (workbench.Buffer.Capacity <= LargestKept) _workbench = workbench;
            else workbench.Dispose();
        }
    }

    /// <summary>Puts a command into an envelope of its own.</summary>
    public static CommandEnvelope ToEnvelope(HassCommand command)
    {
        var envelope = new CommandEnvelope(command.Type)
        {
            ExpectResponseAfter = command.ExpectResponseAfter,
            WhenDisconnected = command.WhenDisconnected,
            WhenPaused = command.WhenPaused,
            ReplyAtSessionEnd = command.ReplyAtSessionEnd,
        };
        Encode(envelope, command.Type, command, static (one, writer) => one.WriteFields(writer));
        return envelope;
    }

    private static void RefuseForeignMembers(ReadOnlySpan<byte> json, string type)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        reader.Read();
        var typesSeen = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            if (reader.ValueTextEquals("id"u8) || (isType && typesSeen++ > 0))
            {
                throw new InvalidOperationException(
                    $"The command '{type}' writes \"{(isType ? "type" : "id")}\" among its fields; both id and type are written for it, so leave them out.");
            }

            reader.Skip();
        }
    }

    private sealed class Workbench : IDisposable
    {
        private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        private readonly Utf8JsonWriter _writer;

        public Workbench() => _writer = new Utf8JsonWriter(Buffer, Options);

        public ArrayBufferWriter<byte> Buffer { get; } = new(512);

        public void Dispose() => _writer.Dispose();

        public void Write<TFields>(string type, TFields fields, Action<TFields, Utf8JsonWriter> writeFields)
        {
            _writer.Reset();
            _writer.WriteStartObject();
            _writer.WriteString("type"u8, type);
            writeFields(fields, _writer);
            if (_writer.CurrentDepth != 1)
            {
                throw new InvalidOperationException(
                    $"The command '{type}' left an object or array open, or closed one too many; its fields begin and end inside the message's object.");
            }

            _writer.WriteEndObject();
            _writer.Flush();
        }
    }
}

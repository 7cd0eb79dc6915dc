using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Xunit;

namespace HassSocket.Trpc.Tests.Transformers;

/// <summary>superjson along source-generated type information, as a natively compiled program has it.</summary>
public sealed partial class SuperJsonGeneratedModelTests
{
    private const string Envelope =
        """{"json":{"at":"1970-01-01T00:00:00.000Z","rooms":["hall"],"values":[[1,"NaN"]],"inner":{"at":null,"rooms":null,"values":null,"inner":null,"bytes":null},"bytes":[1,2]},"meta":{"values":{"at":["Date"],"rooms":["set"],"values":["map",{"0.1":["number"]}],"bytes":[["typed-array","Uint8Array"]]},"v":1}}""";

    [Fact]
    public void A_model_is_written_with_its_tags_without_reflection()
    {
        var reading = new Reading
        {
            At = DateTimeOffset.UnixEpoch,
            Rooms = ["hall"],
            Values = new Dictionary<int, double> { [1] = double.NaN },
            Inner = new Reading(),
            Bytes = [1, 2],
        };
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

        TrpcTransformer.SuperJson.WriteInput(writer, reading, ReadingJson.Default.Reading);
        writer.Flush();

        Assert.Equal(Envelope, Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    [Fact]
    public void And_read_without_it()
    {
        var reading = TrpcTransformer.SuperJson.Read(
            new TrpcPayload(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(Envelope)), IsTracked: false), ReadingJson.Default.Reading)!;

        Assert.Equal(DateTimeOffset.UnixEpoch, reading.At);
        Assert.Equal(["hall"], reading.Rooms!);
        Assert.True(double.IsNaN(reading.Values![1]));
        Assert.Equal([1, 2], reading.Bytes);
        Assert.Null(reading.Inner!.At);
    }

    internal sealed class Reading
    {
        public DateTimeOffset? At { get; set; }

        public HashSet<string>? Rooms { get; set; }

        public Dictionary<int, double>? Values { get; set; }

        public Reading? Inner { get; set; }

        public byte[]? Bytes { get; set; }
    }

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    [JsonSerializable(typeof(Reading))]
    internal sealed partial class ReadingJson : JsonSerializerContext;
}

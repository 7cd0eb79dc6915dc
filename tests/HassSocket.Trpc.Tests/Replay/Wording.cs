using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using HassSocket.Trpc.Tests.Support;
using HassSocket.Trpc.Tests.Transformers;

namespace HassSocket.Trpc.Tests.Replay;

/// <summary>How values are worded in a recording: plain, or by superjson. Values of ours are worded again to be compared.</summary>
internal abstract class Wording
{
    public static Wording Of(bool isSuperJson) => isSuperJson ? new SuperJsonWording() : new PlainWording();

    public abstract TrpcTransformer Transformer { get; }

    /// <summary>Gives a request the input of a recorded one, or tells why ours would not send it.</summary>
    public abstract (TrpcRequest Request, string? WhyNot) WithInput(TrpcRequest request, JsonElement? input);

    /// <summary>Asks, and words the answer.</summary>
    public abstract Task<string> CallAsync(TrpcClient client, string method, TrpcRequest request);

    /// <summary>Subscribes, and words the items.</summary>
    public abstract IDisposable Subscribe(TrpcClient client, TrpcRequest request, IObserver<(string? Id, string Data)> observer);

    /// <summary>What a recorded result holds.</summary>
    public abstract string DataOf(JsonElement result);

    /// <summary>Whether two wordings say the same.</summary>
    public static bool AreEqual(string expected, string actual)
    {
        if (expected == actual) return true;
        if (expected.Length == 0 || actual.Length == 0) return false;
        var (theirs, ours) = (JsonNode.Parse(expected), JsonNode.Parse(actual));
        if (JsonNode.DeepEquals(theirs, ours)) return true;
        // The two dialects of superjson word paths differently, and an old one words some that lead elsewhere: the tags must be there.
        return theirs is JsonObject { } old && ours is JsonObject { } now && old.ContainsKey("json")
            && (old["meta"]?["v"] is null || now["meta"]?["v"] is null) && JsonNode.DeepEquals(old["json"], now["json"]) && TagsOf(old["meta"]?["values"]).SequenceEqual(TagsOf(now["meta"]?["values"]))
            && JsonNode.DeepEquals(old["meta"]?["referentialEqualities"], now["meta"]?["referentialEqualities"]);
    }

    protected static bool IsTracked(JsonElement result) => result.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String;

    private static IEnumerable<string> TagsOf(JsonNode? tree) => (tree switch
    {
        JsonObject children => children.SelectMany(child => TagsOf(child.Value)),
        JsonArray tagged => TagsOf(tagged.Count > 1 ? tagged[1] : null).Append(tagged[0]!.ToJsonString()),
        _ => [],
    }).Order(StringComparer.Ordinal);

    /// <summary>Words each item on its way to an observer.</summary>
    protected sealed class Worded<T>(IObserver<(string? Id, string Data)> observer, Func<T, string> word) : IObserver<Tracked<T>>
    {
        public void OnNext(Tracked<T> value) => observer.OnNext((value.Id, word(value.Data)));

        public void OnError(Exception error) => observer.OnError(error);

        public void OnCompleted() => observer.OnCompleted();
    }

    private sealed class PlainWording : Wording
    {
        public override TrpcTransformer Transformer => TrpcTransformer.Json;

        public override (TrpcRequest Request, string? WhyNot) WithInput(TrpcRequest request, JsonElement? input) =>
            (input is { } value ? request.WithInput(value, Models.Default.JsonElement) : request, null);

        public override async Task<string> CallAsync(TrpcClient client, string method, TrpcRequest request) =>
            Word(method == "query" ? await client.QueryAsync(request) : await client.MutateAsync(request));

        public override IDisposable Subscribe(TrpcClient client, TrpcRequest request, IObserver<(string? Id, string Data)> observer) =>
            client.SubscribeTracked(request, Models.Default.JsonElement).Subscribe(new Worded<JsonElement>(observer, Word));

        public override string DataOf(JsonElement result)
        {
            if (!result.TryGetProperty("data", out var data)) return "";
            return IsTracked(result) ? data.GetProperty("data").GetRawText() : data.GetRawText();
        }

        private static string Word(JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? "" : value.GetRawText();
    }

    private sealed class SuperJsonWording : Wording
    {
        private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };

        private static readonly JsonTypeInfo<object> Anything = (JsonTypeInfo<object>)Options.GetTypeInfo(typeof(object));

        // What the servers of the recordings have registered.
        public override TrpcTransformer Transformer { get; } = new SuperJsonTransformer(
            SuperJsonClass.Class("Celsius", (JsonTypeInfo<Celsius>)Options.GetTypeInfo(typeof(Celsius))),
            SuperJsonClass.Custom("buffer", (JsonTypeInfo<Celsius>)Options.GetTypeInfo(typeof(Celsius))));

        public override (TrpcRequest Request, string? WhyNot) WithInput(TrpcRequest request, JsonElement? input)
        {
            if (input is not { ValueKind: JsonValueKind.Object } envelope || !envelope.TryGetProperty("json"u8, out _)) return (request, "no envelope of superjson");
            try
            {
                var value = Read(envelope.GetRawText());
                if (value is JsUndefined) return (request, null);
                var asked = request.WithInput(value!, Anything);
                Word(value);
                return (asked, null);
            }
            catch (Exception e) when (e is ArgumentException or JsonException)
            {
                return (request, "superjson could not read it");
            }
            catch (InvalidOperationException)
            {
                return (request, "half a character in a name");
            }
        }

        public override async Task<string> CallAsync(TrpcClient client, string method, TrpcRequest request) =>
            Word(method == "query" ? await client.QueryAsync(request, Anything) : await client.MutateAsync(request, Anything));

        public override IDisposable Subscribe(TrpcClient client, TrpcRequest request, IObserver<(string? Id, string Data)> observer) =>
            client.SubscribeTracked(request, Anything).Subscribe(new Worded<object>(observer, Word));

        // A tracked item's value stands in the pair within the envelope, and so do the tags; it is taken out by hand here.
        public override string DataOf(JsonElement result)
        {
            if (!result.TryGetProperty("data", out var data)) return Word(JsUndefined.Value);
            if (!IsTracked(result)) return data.GetRawText();
            var pair = JsonNode.Parse(data.GetRawText())!.AsObject();
            var inner = new JsonObject { ["json"] = pair["json"]!["data"]?.DeepClone() };
            if (pair["meta"]?["values"] is JsonObject values)
            {
                var tags = values.ToDictionary(tag => tag.Key["data.".Length..], tag => tag.Value?.DeepClone());
                inner["meta"] = new JsonObject { ["values"] = new JsonObject(tags), ["v"] = pair["meta"]!["v"]?.DeepClone() };
            }

            return inner.ToJsonString();
        }

        private static object? Read(string envelope) => SuperJsonText.Read<object>(envelope);

        private string Word(object? value)
        {
            var buffer = new System.Buffers.ArrayBufferWriter<byte>();
            using var writer = new Utf8JsonWriter(buffer);
            Transformer.WriteInput(writer, value, Anything);
            writer.Flush();
            return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
        }

        private sealed record Celsius(int Degrees);
    }
}

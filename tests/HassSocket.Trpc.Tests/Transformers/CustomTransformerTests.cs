using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using HassSocket.Trpc.Tests.Support;
using Xunit;

namespace HassSocket.Trpc.Tests.Transformers;

/// <summary>A transformer that is not ours: each value is in a box.</summary>
public sealed class CustomTransformerTests
{
    [Fact]
    public async Task Inputs_results_items_and_errors_pass_through_it()
    {
        await using var board = new Board(o => o.Transformer = new Boxes());
        var server = await board.ReadyAsync();
        var answer = board.Client.QueryAsync<int>("a", 5);
        var request = await server.ReadAsync();
        server.AnswerData(request, """{"box":7}""");
        var inbox = new Inbox<int>();
        using var consumer = board.Client.Subscribe<int>("b").Subscribe(inbox);
        server.Item(server.Start(await server.ReadAsync()), """{"box":8}""");
        var refused = board.Client.QueryAsync<int>("c");
        await server.ReadAsync();
        server.Send("""{"id":3,"error":{"box":{"message":"no","code":-32004}}}""");

        Assert.Equal("""{"id":1,"method":"query","params":{"path":"a","input":{"box":5}}}""", request);
        Assert.Equal(7, await answer.WaitAsync(Board.Guard));
        Assert.Equal(8, await inbox.NextAsync());
        Assert.Equal("NOT_FOUND", (await Assert.ThrowsAsync<TrpcException>(() => refused.WaitAsync(Board.Guard))).Key);
    }

    [Fact]
    public async Task Its_requests_travel_alone_unless_it_says_that_every_server_can_read_them()
    {
        await using var board = new Board(o => o.Transformer = new Boxes());
        var server = await board.ReadyAsync();
        server.StuckWrites = true;
        for (var i = 0; i < 3; i++) _ = board.Client.QueryAsync<int>("math.add", i);
        server.StuckWrites = false;

        for (var i = 0; i < 3; i++) Assert.StartsWith("{", await server.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Latest_tells_items_apart_wherever_a_transformer_has_put_the_value()
    {
        await using var board = new Board(o => o.Transformer = new Boxes());
        var server = await board.ReadyAsync();
        var stream = board.Client.Subscribe(new TrpcRequest("entity.state"));
        var latest = stream.With(new StreamOptions { Policy = OverflowPolicy.Latest, LatestKey = "entityId" });
        var (seen, release) = (new Inbox<string>(), new TaskCompletionSource());
        await using var consumer = latest.SubscribeAsync(async (item, _) =>
        {
            seen.OnNext(item.GetRawText());
            await release.Task;
        });
        var id = server.Start(await server.ReadAsync());
        server.Item(id, """{"box":{"entityId":"a","state":1}}""");
        await seen.NextAsync();

        foreach (var (entity, state) in new[] { ("a", 2), ("b", 3), ("a", 4) })
            server.Item(id, $$$"""{"box":{"entityId":"{{{entity}}}","state":{{{state}}} } }""");
        await board.FenceAsync(server, """{"box":null}""");
        release.SetResult();

        var rest = new[] { await seen.NextAsync(), await seen.NextAsync() };
        Assert.Equal(["3", "4"], rest.Select(item => JsonDocument.Parse(item).RootElement.GetProperty("state").GetRawText()).Order());
        Assert.True(seen.IsEmpty);
    }

    private sealed class Boxes : TrpcTransformer
    {
        public override void WriteInput(Utf8JsonWriter writer, object? value, JsonTypeInfo typeInfo)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("box");
            JsonSerializer.Serialize(writer, value, typeInfo);
            writer.WriteEndObject();
        }

        public override T? Read<T>(TrpcPayload payload, JsonTypeInfo<T> typeInfo)
            where T : default
        {
            var reader = new Utf8JsonReader(payload.Json);
            return JsonElement.ParseValue(ref reader).GetProperty("box").Deserialize(typeInfo);
        }

        public override JsonElement UnwrapError(JsonElement error) => error.GetProperty("box");
    }
}

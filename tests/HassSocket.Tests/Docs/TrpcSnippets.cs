using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using HassSocket.Testing;
using HassSocket.Trpc;
using Xunit;

namespace HassSocket.Tests.Docs;

/// <summary>The code of docs/trpc.md; compiled, not run.</summary>
internal static partial class TrpcSnippets
{
    public static async Task ConnectAsync(CancellationToken cancellationToken)
    {
        // <snippet:trpc-connect>
        await using var board = await TrpcClient.ConnectAsync("wss://board.example/websockets", options =>
        {
            options.Transformer = TrpcTransformer.SuperJson;
            options.Cookies["homarr.session-token"] = Environment.GetEnvironmentVariable("HOMARR_SESSION")!;
        }, cancellationToken);

        var weather = await board.QueryAsync<Weather>("widget.weather.atLocation", new { latitude = 52.1, longitude = 5.3 }, cancellationToken);
        // </snippet:trpc-connect>
        Console.WriteLine(weather);
    }

    public static async Task ListenAsync(TrpcClient board, CancellationToken cancellationToken)
    {
        // <snippet:trpc-listen>
        await foreach (var line in board.Subscribe<LogLine>("log.subscribe", new { levels = new[] { "error" } }).ReadAllAsync(cancellationToken))
        {
            Console.WriteLine($"{line.Level}: {line.Message}");
        }
        // </snippet:trpc-listen>
    }

    public static async Task ResumeAsync(TrpcClient board, string? lastSeen, CancellationToken cancellationToken)
    {
        // <snippet:trpc-tracked>
        await foreach (var post in board.SubscribeTracked<Post>("post.onAdd", lastEventId: lastSeen).ReadAllAsync(cancellationToken))
        {
            Console.WriteLine(post.Data.Title);
            lastSeen = post.Id;
        }
        // </snippet:trpc-tracked>
    }

    public static async Task MutateAsync(TrpcClient board, CancellationToken cancellationToken)
    {
        // <snippet:trpc-errors>
        try
        {
            await board.MutateAsync<bool>("widget.smartHome.switchEntity", new { integrationId = "ha", entityId = "light.hall" }, cancellationToken);
        }
        catch (TrpcException refusal) when (refusal.Key is "UNAUTHORIZED" or "FORBIDDEN")
        {
            Console.WriteLine("Sign in again.");
        }
        catch (ConnectionLostException lost) when (lost.Delivery == Delivery.Unknown)
        {
            Console.WriteLine("It may have been switched; look before you try again.");
        }
        // </snippet:trpc-errors>
    }

    public static async Task CompiledAsync(TrpcClient board, CancellationToken cancellationToken)
    {
        // <snippet:trpc-aot>
        var request = new TrpcRequest("post.byId").WithInput(new ById(7), BlogJson.Default.ById);
        var post = await board.QueryAsync(request, BlogJson.Default.Post, cancellationToken);
        // </snippet:trpc-aot>
        Console.WriteLine(post);
    }

    public static void Refresh(TrpcClientOptions options, Func<CancellationToken, Task<string>> fetchToken)
    {
        // <snippet:trpc-dialing>
        options.OnDialing = async (dial, cancellationToken) =>
        {
            dial.ConnectionParams = new Dictionary<string, string> { ["token"] = await fetchToken(cancellationToken) };
        };
        // </snippet:trpc-dialing>
    }

    public static async Task RawAsync(TrpcClient board, CancellationToken cancellationToken)
    {
        // <snippet:trpc-raw>
        var answer = await board.QueryAsync(new TrpcRequest("user.me"), cancellationToken);
        if (answer.ValueKind == JsonValueKind.Undefined) Console.WriteLine("nobody");
        // </snippet:trpc-raw>
    }

    public static async Task ValuesAsync(TrpcClient board, CancellationToken cancellationToken)
    {
        // <snippet:trpc-superjson>
        await board.MutateAsync<object>("meter.add", new
        {
            at = DateTimeOffset.UtcNow,                                  // a Date
            total = BigInteger.Parse("9007199254740993", CultureInfo.InvariantCulture),                // a bigint
            rooms = new HashSet<string> { "hall", "bath" },              // a Set
            readings = new Dictionary<int, double> { [1] = double.NaN }, // a Map, and a NaN in it
            note = JsUndefined.Value,                                    // undefined, not null
        }, cancellationToken);
        // </snippet:trpc-superjson>
    }

    public static async Task TestAsync()
    {
        // <snippet:trpc-fake>
        await using var server = new FakeTrpcServer();
        server.OnQuery("post.byId", call => new JsonObject { ["id"] = call.Input.GetProperty("id").GetInt32(), ["title"] = "Hello" });
        await using var blog = new TrpcClient(new TrpcClientOptions { Url = server.Url.ToString() }, transportFactory: server.Transports);
        // </snippet:trpc-fake>
        await blog.StartAsync();
    }

    public static async Task FeedAsync(FakeTrpcServer server, TrpcClient blog)
    {
        // <snippet:trpc-fake-feed>
        var posts = server.AddFeed("post.onAdd", isTracked: true);
        var items = blog.Subscribe<Post>("post.onAdd").ReadAllAsync().GetAsyncEnumerator();
        var first = items.MoveNextAsync();

        await posts.WaitForSubscribersAsync();
        posts.Push(new JsonObject { ["id"] = 1, ["title"] = "Hello" });

        Assert.True(await first);
        Assert.Equal("Hello", items.Current.Title);
        // </snippet:trpc-fake-feed>
    }

    public static async Task LookAsync(FakeTrpcServer server)
    {
        // <snippet:trpc-fake-calls>
        var call = await server.WaitForCallAsync("post.add");

        Assert.Equal("Hello", call.Input.GetProperty("title").GetString());
        // </snippet:trpc-fake-calls>
    }

    public static void Fail(FakeTrpcServer server)
    {
        // <snippet:trpc-fake-errors>
        server.OnMutation("post.add", call => throw new FakeTrpcErrorException("CONFLICT", "There is one already.")
        {
            Details = new JsonObject { ["field"] = "title" },
        });
        server.Faults.RejectWith = new FakeTrpcErrorException("UNAUTHORIZED", "session expired");
        server.Faults.DropAll();
        // </snippet:trpc-fake-errors>
    }

    internal sealed record Weather(JsonElement Current);

    internal sealed record LogLine(string Message, string Level);

    internal sealed record Post(int Id, string Title);

    internal sealed record ById(int Id);

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(Post))]
    [JsonSerializable(typeof(ById))]
    internal sealed partial class BlogJson : JsonSerializerContext;
}

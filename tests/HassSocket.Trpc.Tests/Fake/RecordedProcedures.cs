using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using HassSocket.Testing;

namespace HassSocket.Trpc.Tests.Fake;

/// <summary>The procedures of the servers that were recorded, as far as they are known here, on a fake one.</summary>
internal sealed class RecordedProcedures(TimeProvider clock, bool isSuperJson)
{
    private int _sum;

    public void AddTo(FakeTrpcServer server)
    {
        server.OnConnect(AdmitAsync);
        server.OnQuery("greet.hello", call => $"Hello {Member(call, "name")?.GetString() ?? "stranger"}");
        server.OnQuery("greet.echo", call => JsonNode.Parse(call.Input.GetRawText()));
        server.OnQuery("greet.nothing", _ => FakeTrpcServer.Undefined);
        server.OnQuery("greet.nil", _ => null);
        server.OnQuery("app.sleep", SleepAsync);
        server.OnMutation("app.add", call => _sum += call.Input.GetInt32());
        server.OnMutation("app.create", call => new JsonObject([new("id", "app-1"), .. JsonNode.Parse(call.Input.GetRawText())!.DeepClone().AsObject().ToDictionary(m => m.Key, m => m.Value?.DeepClone())]));
        server.OnQuery("user.who", call => new JsonObject { ["user"] = UserOf(call.Connection), ["via"] = ViaOf(call.Connection) });
        server.OnQuery("user.me", call => new JsonObject { ["name"] = Someone(call), ["via"] = ViaOf(call.Connection) });
        server.OnQuery("errors.code", call => throw new FakeTrpcErrorException(Member(call, "code")!.Value.GetString()!, Member(call, "message")?.GetString()));
        server.OnQuery("errors.plain", _ => throw new InvalidOperationException("kaputt"));
        server.OnMutation("errors.string", _ => throw new InvalidOperationException("only a string"));
        server.OnQuery("errors.output", _ => throw new InvalidOperationException("Output validation failed"));
        server.OnQuery("errors.generator", _ => throw new FakeTrpcErrorException(
            "UNSUPPORTED_MEDIA_TYPE", "Cannot return an async iterable or observable from a query procedure with WebSockets"));
        AddSubscriptions(server);
        new RecordedBoard(clock).AddTo(server);
    }

    /// <summary>Who the session belongs to; the recorded servers took tokens from either place.</summary>
    public static string? UserOf(FakeTrpcConnection connection) =>
        TokenOf(connection) is { } token && token.StartsWith("token-", StringComparison.Ordinal) ? token["token-".Length..] : null;

    public static string Someone(FakeTrpcCall call) => UserOf(call.Connection) ?? throw new FakeTrpcErrorException("UNAUTHORIZED");

    public static JsonElement? Member(FakeTrpcCall call, string name) =>
        call.Input.ValueKind == JsonValueKind.Object && call.Input.TryGetProperty(name, out var value) ? value : null;

    private static string? TokenOf(FakeTrpcConnection connection) => connection.ConnectionParams.GetValueOrDefault("token")
        ?? connection.Cookies.GetValueOrDefault("homarr.session-token") ?? connection.Headers.GetValueOrDefault("authorization")?.Replace("Bearer ", "", StringComparison.Ordinal);

    private static string? ViaOf(FakeTrpcConnection connection)
    {
        if (UserOf(connection) is null) return null;
        if (connection.ConnectionParams.ContainsKey("token")) return "params";
        return connection.Cookies.ContainsKey("homarr.session-token") ? "cookie" : "header";
    }

    private async Task AdmitAsync(FakeTrpcConnection connection)
    {
        if (connection.Url.Query.Contains("slowContext", StringComparison.Ordinal)) await Delay.WaitAsync(TimeSpan.FromMilliseconds(150), clock).ConfigureAwait(false);
        if (TokenOf(connection) == "locked") throw new FakeTrpcErrorException("UNAUTHORIZED", "session locked");
        if (TokenOf(connection) == "broken") throw new InvalidOperationException("database is down");
    }

    private async Task<JsonNode?> SleepAsync(FakeTrpcCall call)
    {
        var time = Member(call, "ms")!.Value.GetInt32();
        await Delay.WaitAsync(TimeSpan.FromMilliseconds(time), clock).ConfigureAwait(false);
        return new JsonObject { ["slept"] = time, ["tag"] = Member(call, "tag")?.GetString() ?? "" };
    }

    private void AddSubscriptions(FakeTrpcServer server)
    {
        server.OnSubscription("sub.clock", call => ClockAsync(call, Number(call, "n") ?? int.MaxValue, waitsAtEnd: true));
        server.OnSubscription("sub.count", call => ClockAsync(call, Number(call, "n") ?? int.MaxValue, waitsAtEnd: false));
        server.OnSubscription("sub.now", call => NowAsync(call, Number(call, "n") ?? throw new FakeTrpcErrorException("BAD_REQUEST", "[\n  an object was expected")));
        server.OnSubscription("sub.never", call => NeverAsync(call.Stopped));
        server.OnSubscription("sub.failObs", call => FailAsync(call, i => i, "TIMEOUT", "source lost"));
        server.OnSubscription("sub.failLater", call => FailAsync(call, i => new JsonObject { ["i"] = i }, Member(call, "code")!.Value.GetString()!, "failed after 1"));
        server.OnSubscription("sub.failStart", Fails(new FakeTrpcErrorException("PRECONDITION_FAILED", "not ready")));
        server.OnSubscription("sub.secret", call => SecretAsync(Someone(call), call.Stopped));
        server.OnSubscription("sub.returns", _ => OneAsync(1));
        server.OnSubscription("sub.value", IAsyncEnumerable<JsonNode?> (_) => null!);
        server.OnSubscription("sub.tracked", call => TrackedAsync(call));
        server.OnSubscription("sub.trackedNoInput", _ => OneTrackedAsync("only", 1));
        server.OnSubscription("sub.trackedEmpty", _ => OneTrackedAsync("", 1));
    }

    private static int? Number(FakeTrpcCall call, string name) => Member(call, name)?.GetInt32();

    private static Func<FakeTrpcCall, IAsyncEnumerable<JsonNode?>> Fails(Exception failure) => _ => throw failure;

    private Task WaitAsync(FakeTrpcCall call) =>
        Delay.WaitAsync(TimeSpan.FromMilliseconds(Number(call, "everyMs") ?? 10), clock, call.Stopped);

    private async IAsyncEnumerable<JsonNode?> ClockAsync(FakeTrpcCall call, int count, bool waitsAtEnd)
    {
        for (var i = 0; i < count; i++)
        {
            await WaitAsync(call).ConfigureAwait(false);
            yield return i;
        }

        if (waitsAtEnd) await WaitAsync(call).ConfigureAwait(false);
    }

    private static async IAsyncEnumerable<JsonNode?> NowAsync(FakeTrpcCall call, int count)
    {
        for (var i = 0; i < count; i++) yield return new JsonObject { ["i"] = i };
        if (!Member(call, "done")!.Value.GetBoolean()) await NeverEndAsync(call.Stopped).ConfigureAwait(false);
    }

    private static async IAsyncEnumerable<JsonNode?> NeverAsync([EnumeratorCancellation] CancellationToken stopped)
    {
        await NeverEndAsync(stopped).ConfigureAwait(false);
        yield break;
    }

    private async IAsyncEnumerable<JsonNode?> FailAsync(FakeTrpcCall call, Func<int, JsonNode> item, string key, string message)
    {
        for (var i = 0; i < Number(call, "after"); i++) yield return item(i);
        await Delay.WaitAsync(TimeSpan.FromMilliseconds(1), clock).ConfigureAwait(false);
        throw new FakeTrpcErrorException(key, message);
    }

    private async IAsyncEnumerable<FakeTrackedItem> TrackedAsync(FakeTrpcCall call)
    {
        var last = call.LastEventId is { Length: > 0 } id ? int.Parse(id, System.Globalization.CultureInfo.InvariantCulture) : 0;
        for (var i = last + 1; i <= (Number(call, "n") ?? int.MaxValue); i++)
        {
            var item = new JsonObject { ["i"] = i };
            if (isSuperJson) item["at"] = DateTimeOffset.FromUnixTimeSeconds(i);
            yield return new FakeTrackedItem($"{i}", item);
            await WaitAsync(call).ConfigureAwait(false);
        }
    }

    private static async IAsyncEnumerable<JsonNode?> OneAsync(JsonNode? item)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        yield return item;
    }

    private static async IAsyncEnumerable<JsonNode?> SecretAsync(string user, [EnumeratorCancellation] CancellationToken stopped)
    {
        yield return user;
        await NeverEndAsync(stopped).ConfigureAwait(false);
    }

    private static async IAsyncEnumerable<FakeTrackedItem> OneTrackedAsync(string id, JsonNode item)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        yield return new FakeTrackedItem(id, item);
    }

    private static Task NeverEndAsync(CancellationToken stopped) => Delay.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, stopped);
}

using HassSocket.Testing;
using HassSocket.Tests.Shared.Security;
using HassSocket.Trpc.Tests.Support;
using Xunit;

namespace HassSocket.Trpc.Tests.Security;

/// <summary>Whatever goes wrong, what lets the client in is nowhere in what can be seen from outside: address, header, cookie, connectionParams.</summary>
public sealed class SecretsTests
{
    private const string Secret = "s3cr3t-c00kie";
    private static readonly TimeSpan Guard = Board.Guard;

    [Fact]
    public async Task A_life_with_every_kind_of_loss_shows_no_secret()
    {
        using var seen = new EverythingSeen();
        var clock = new ManualTimeProvider();
        var transports = new MemoryTransportFactory(clock);
        await using var client = new TrpcClient(Options("ws://board.test/"), seen, clock, transports);
        using var watch = client.StateChanges.Subscribe(new Noting(seen));
        var start = client.StartAsync();
        var server = await transports.NextConnectionAsync();
        Assert.Contains(Secret, server.Request.Url.Query, StringComparison.Ordinal);
        Assert.Equal(2, server.Request.Headers.Count(header => header.Value.Contains(Secret, StringComparison.Ordinal)));
        Assert.Contains(Secret, await server.ReadAsync(), StringComparison.Ordinal);
        await start.WaitAsync(Guard);
        seen.Note(server.Request);

        var refused = client.QueryAsync<int>("a", Secret);
        server.Refuse(Wire.IdOf(await server.ReadAsync()).ToString(System.Globalization.CultureInfo.InvariantCulture), "UNAUTHORIZED", "No.", -32001);
        seen.Note(await Assert.ThrowsAsync<TrpcException>(() => refused.WaitAsync(Guard)));
        var unreadable = client.QueryAsync<int>("b", Secret);
        server.Answer(await server.ReadAsync(), "\"type\":\"data\",\"data\":\"text\"");
        seen.Note(await Assert.ThrowsAnyAsync<HassSocketException>(() => unreadable.WaitAsync(Guard)));
        var lost = client.MutateAsync<int>("c", Secret);
        await server.ReadAsync();
        server.Send("no json");
        server.Drop();
        seen.Note(await Assert.ThrowsAnyAsync<HassSocketException>(() => lost.WaitAsync(Guard)));
        await client.StopAsync().WaitAsync(Guard);
        seen.Note(await Assert.ThrowsAsync<NotConnectedException>(() => client.QueryAsync<int>("d", Secret)));

        seen.HasNothingOf(Secret);
    }

    [Fact]
    public async Task An_address_where_nothing_listens_shows_no_secret()
    {
        using var seen = new EverythingSeen();
        await using var client = new TrpcClient(Options("ws://127.0.0.1:1/"), seen);
        var failed = new TaskCompletionSource<ConnectionStateChange>();
        using var watch = client.StateChanges.Subscribe(new Noting(seen, failed));
        _ = client.StartAsync().ContinueWith(started => seen.Note(started.Exception), TaskScheduler.Default);

        var change = await failed.Task.WaitAsync(Guard);

        Assert.Equal(EndReason.Refused, change.Reason);
        seen.Note(change.Error, change.Explanation);
        seen.HasNothingOf(Secret);
    }

    private static TrpcClientOptions Options(string address)
    {
        var options = new TrpcClientOptions { Url = $"{address}?token={Secret}", ConnectionParams = new Dictionary<string, string> { ["token"] = Secret } };
        options.Headers["Authorization"] = $"Bearer {Secret}";
        options.Cookies["session"] = Secret;
        return options;
    }

    private sealed class Noting(EverythingSeen seen, TaskCompletionSource<ConnectionStateChange>? failed = null) : IObserver<ConnectionStateChange>
    {
        public void OnNext(ConnectionStateChange value)
        {
            seen.Note(value, value.Explanation, value.Error);
            if (value.Current == ConnectionState.Backoff) failed?.TrySetResult(value);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error) => seen.Note(error);
    }
}

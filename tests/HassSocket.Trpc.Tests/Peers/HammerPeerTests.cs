using HassSocket.Testing;
using Xunit;

namespace HassSocket.Trpc.Tests.Peers;

/// <summary>Servers and lines that take a connection and then do not want it are not hammered, with the default waits.</summary>
public sealed class HammerPeerTests(TrpcPeer peer) : IClassFixture<TrpcPeer>
{
    [Theory]
    [MemberData(nameof(TrpcPeer.All), MemberType = typeof(TrpcPeer))]
    public async Task A_server_that_rejects_the_session_sees_at_most_three_connections_in_three_seconds(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await server.RejectAsync("UNAUTHORIZED", "session locked");
        await using var line = await ClockedLine.ConnectAsync(server);
        using var consumer = line.Client.Subscribe<int>("live").Subscribe(new Inbox<int>());

        for (var attempt = 1; attempt <= 4; attempt++)
        {
            await server.NoteAsync("connected");
            var change = await line.UntilAsync(ConnectionState.Backoff);
            Assert.Contains("session locked", change.Explanation, StringComparison.Ordinal);
            if (attempt < 4) await line.WaitOutAsync();
        }

        AssertPatience(line);
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.Versions), MemberType = typeof(TrpcPeer))]
    public async Task A_line_that_accepts_and_drops_sees_at_most_three_connections_in_three_seconds(string version)
    {
        await using var server = await peer.StartAsync(version);
        // Nothing is asked for: an answer would prove the session, and its loss would be the first one again.
        await using var line = await ClockedLine.ConnectAsync(server);

        for (var attempt = 1; attempt <= 4; attempt++)
        {
            await line.UntilAsync(ConnectionState.Ready);
            line.Proxy.FinishAll();
            await line.UntilAsync(ConnectionState.Backoff);
            if (attempt < 4) await line.WaitOutAsync();
        }

        AssertPatience(line);
    }

    [Fact]
    public async Task A_line_without_a_server_behind_it_sees_at_most_three_connections_in_three_seconds()
    {
        await using var server = await peer.StartAsync(TrpcPeer.Newest);
        await using var line = ClockedLine.To(server);
        line.Proxy.Answer = DialAnswer.HangUp;
        _ = line.Client.StartAsync();

        for (var attempt = 1; attempt <= 4; attempt++) await line.WaitOutAsync();

        AssertPatience(line);
        lock (line.Dials) Assert.InRange(line.Proxy.Dials, 4, line.Dials.Count);
    }

    private static void AssertPatience(ClockedLine line)
    {
        lock (line.Dials)
        {
            Assert.InRange(line.Dials.Count, 4, int.MaxValue);
            Assert.InRange(line.Dials.Count(dial => dial - line.Dials[0] < TimeSpan.FromSeconds(3)), 1, 3);
        }
    }
}

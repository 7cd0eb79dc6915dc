using HassSocket.Testing;
using HassSocket.Trpc.Tests.Support;
using Xunit;

namespace HassSocket.Trpc.Tests.Connecting;

public sealed class HandoverTests
{
    private static readonly TimeSpan Guard = Board.Guard;

    [Theory]
    [InlineData("""{"id":null,"method":"reconnect"}""")]
    [InlineData("""{"id":null,"type":"reconnect"}""")]
    public async Task The_successor_opens_first_and_tracked_items_are_neither_lost_nor_doubled(string notice)
    {
        await using var board = new Board();
        var old = await board.ReadyAsync();
        var inbox = new Inbox<Tracked<int>>();
        using var consumer = board.Client.SubscribeTracked<int>("sub.tracked").Subscribe(inbox);
        var id = old.Start(await old.ReadAsync());
        old.TrackedItem(id, "a1", "1");
        Assert.Equal("a1", (await inbox.NextAsync()).Id);

        old.Send(notice);
        old.Send(notice);
        var successor = await SucceedAsync(board);
        var request = await successor.ReadAsync();
        old.TrackedItem(id, "a2", "2");
        Assert.Equal("a2", (await inbox.NextAsync()).Id);
        id = successor.Start(request);
        successor.TrackedItem(id, "a2", "2");
        successor.TrackedItem(id, "a3", "3");

        Assert.Contains("\"lastEventId\":\"a1\"", request, StringComparison.Ordinal);
        Assert.Equal("a3", (await inbox.NextAsync()).Id);
        await old.Closed.WaitAsync(Guard);
        Assert.Equal(2, board.Transports.DialCount);
        Assert.Equal(ConnectionState.Ready, board.Client.State);
    }

    [Fact]
    public async Task Untracked_items_come_from_one_socket_at_a_time_and_leave_a_gap_in_the_status()
    {
        await using var board = new Board();
        var old = await board.ReadyAsync();
        var (inbox, states) = (new Inbox<int>(), new Inbox<SubscriptionStatus>());
        var stream = board.Client.Subscribe<int>("sub.clock");
        using var watch = stream.StatusChanges.Subscribe(states);
        using var consumer = stream.Subscribe(inbox);
        var id = old.Start(await old.ReadAsync());

        old.Send("""{"id":null,"method":"reconnect"}""");
        var successor = await SucceedAsync(board);
        var request = await successor.ReadAsync();
        old.Item(id, "1");
        Assert.Equal(1, await inbox.NextAsync());
        successor.Start(request);
        await states.NextAsync(status => status.Gap?.Reason == GapReason.Reconnect);
        old.Item(id, "2");
        successor.Item(Wire.IdOf(request), "3");

        Assert.Equal(3, await inbox.NextAsync());
        Assert.DoesNotContain("lastEventId", request, StringComparison.Ordinal);
        await old.Closed.WaitAsync(Guard);
    }

    [Fact]
    public async Task Calls_in_flight_finish_on_the_old_socket_and_new_ones_run_on_the_successor()
    {
        await using var board = new Board();
        var old = await board.ReadyAsync();
        var running = board.Client.MutateAsync<int>("app.add");
        var request = await old.ReadAsync();

        old.Send("""{"id":null,"method":"reconnect"}""");
        var successor = await SucceedAsync(board);

        // New calls go to the old one until the successor is said to have taken over.
        await board.Log.WaitForAsync(20);
        await board.FenceAsync(successor);
        Assert.False(old.Closed.IsCompleted);
        old.AnswerData(request, "7");

        Assert.Equal(7, await running.WaitAsync(Guard));
        await old.Closed.WaitAsync(Guard);
        await board.FenceAsync(successor);
    }

    [Fact]
    public async Task A_successor_that_cannot_open_changes_nothing()
    {
        await using var board = new Board();
        var old = await board.ReadyAsync();
        var inbox = new Inbox<int>();
        using var consumer = board.Client.Subscribe<int>("sub.clock").Subscribe(inbox);
        var id = old.Start(await old.ReadAsync());
        board.Transports.Refuse();

        old.Send("""{"id":null,"method":"reconnect"}""");
        await board.Clock.WaitForTimersAsync(timers => timers.Any(due => due <= TimeSpan.FromSeconds(1)));
        board.Clock.Advance(TimeSpan.FromSeconds(1));
        await board.Log.WaitForAsync(HandoverFailed);
        old.Item(id, "7");

        Assert.Equal(7, await inbox.NextAsync());
        await board.FenceAsync(old);
        Assert.Equal(ConnectionState.Ready, board.Client.State);
    }

    private const int HandoverFailed = 21;

    // Two dials lie a second apart, so the successor's waits for its turn.
    private static async Task<MemoryConnection> SucceedAsync(Board board)
    {
        await board.Clock.WaitForTimersAsync(timers => timers.Any(due => due <= TimeSpan.FromSeconds(1)));
        board.Clock.Advance(TimeSpan.FromSeconds(1));
        return await board.Transports.NextConnectionAsync();
    }
}

using HassSocket.Trpc.Tests.Support;
using Xunit;

namespace HassSocket.Trpc.Tests.Client;

public sealed class SubscriptionTests
{
    [Fact]
    public async Task Started_data_and_stopped_are_a_stream_from_active_to_its_end()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        var stream = board.Client.Subscribe<int>("sub.clock", new { everyMs = 20 });
        var (inbox, states) = (new Inbox<int>(), new Inbox<SubscriptionStatus>());
        using var watch = stream.StatusChanges.Subscribe(states);
        using var consumer = stream.Subscribe(inbox);

        var request = await server.ReadAsync();
        var id = server.Start(request);
        server.Item(id, "0");
        server.Item(id, "1");
        server.Stopped(id);

        Assert.Equal("""{"id":1,"method":"subscription","params":{"path":"sub.clock","input":{"everyMs":20}}}""", request);
        await states.NextAsync(status => status.State == SubscriptionState.Active);
        Assert.Equal([0, 1], await inbox.TakeAsync(2));
        await inbox.Completion;
        await states.NextAsync(status => status.State == SubscriptionState.Ended);
    }

    [Fact]
    public async Task A_stop_leaves_only_after_started()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        var inbox = new Inbox<int>();
        var consumer = board.Client.Subscribe<int>("sub.clock").Subscribe(inbox);
        var request = await server.ReadAsync();

        consumer.Dispose();

        await board.FenceAsync(server);
        server.Start(request);
        Assert.Equal("""{"id":1,"method":"subscription.stop"}""", await server.ReadAsync());
    }

    [Fact]
    public async Task No_stop_follows_an_error_that_came_instead_of_started()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        board.Client.Subscribe<int>("sub.failStart").Subscribe(new Inbox<int>()).Dispose();
        var id = Wire.IdOf(await server.ReadAsync());

        server.Refuse($"{id}", "PRECONDITION_FAILED", "not ready");

        await board.FenceAsync(server);
    }

    [Fact]
    public async Task Items_that_come_after_the_dispose_are_dropped_until_the_server_says_stopped()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        var inbox = new Inbox<int>();
        var consumer = board.Client.Subscribe<int>("sub.clock").Subscribe(inbox);
        var id = server.Start(await server.ReadAsync());
        server.Item(id, "0");
        Assert.Equal(0, await inbox.NextAsync());

        consumer.Dispose();
        Assert.Equal("""{"id":1,"method":"subscription.stop"}""", await server.ReadAsync());
        server.Item(id, "1");
        server.Stopped(id);

        await board.FenceAsync(server);
        Assert.True(inbox.IsEmpty);
        Assert.DoesNotContain(board.Log.Lines, line => line.Id is 203 or 204);
    }

    [Fact]
    public async Task What_ended_by_itself_is_stopped_once_and_late_echoes_are_nothing_new()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        var inbox = new Inbox<int>();
        using var consumer = board.Client.Subscribe<int>("sub.now").Subscribe(inbox);
        var request = await server.ReadAsync();
        var id = Wire.IdOf(request);

        // As version 10 does: items and the end come before started, and a second stopped answers the stop.
        server.Item(id, "0");
        server.Stopped(id);
        server.Start(request);
        Assert.Equal("""{"id":1,"method":"subscription.stop"}""", await server.ReadAsync());
        server.Stopped(id);

        Assert.Equal(0, await inbox.NextAsync());
        await inbox.Completion;
        await board.FenceAsync(server);
    }

    [Fact]
    public async Task An_error_after_started_ends_the_stream_with_it_once()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        var inbox = new Inbox<int>();
        using var consumer = board.Client.Subscribe<int>("sub.fail").Subscribe(inbox);
        var id = server.Start(await server.ReadAsync());

        server.Item(id, "0");
        server.Refuse($"{id}", "TIMEOUT", "source lost", -32008);
        server.Stopped(id);

        Assert.Equal(0, await inbox.NextAsync());
        var error = await Assert.ThrowsAsync<TrpcException>(() => inbox.Completion);
        Assert.Equal(("TIMEOUT", "source lost"), (error.Key, error.ServerMessage));
        Assert.Equal("""{"id":1,"method":"subscription.stop"}""", await server.ReadAsync());
        await board.FenceAsync(server);
    }

    [Fact]
    public async Task Each_consumer_is_a_run_of_its_own_and_ids_are_never_used_again()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        var stream = board.Client.Subscribe<int>("sub.clock");

        for (var i = 1; i <= 3; i++)
        {
            var consumer = stream.Subscribe(new Inbox<int>());
            Assert.Equal(i, server.Start(await server.ReadAsync()));
            consumer.Dispose();
            Assert.Equal(i, Wire.IdOf(await server.ReadAsync()));
            server.Stopped(i);
        }
    }

    [Fact]
    public async Task Tracked_items_go_on_behind_the_last_one_after_a_reconnect()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        var inbox = new Inbox<Tracked<int>>();
        var stream = board.Client.SubscribeTracked<int>("sub.tracked", new { everyMs = 15 });
        using var consumer = stream.Subscribe(inbox);
        var id = server.Start(await server.ReadAsync());
        server.TrackedItem(id, "a1", "1");
        server.TrackedItem(id, "a2", "2");
        Assert.Equal([new("a1", 1), new("a2", 2)], await inbox.TakeAsync(2));

        server.Drop();
        server = await board.ReconnectAsync();
        var request = await server.ReadAsync();
        id = server.Start(request);
        server.TrackedItem(id, "a3", "3");

        Assert.Equal("""{"id":1,"method":"subscription","params":{"path":"sub.tracked","input":{"everyMs":15},"lastEventId":"a2"}}""", request);
        Assert.Equal(new("a3", 3), await inbox.NextAsync());
        Assert.Null(stream.Status.Gap);
    }

    [Fact]
    public async Task Untracked_items_leave_a_gap_in_the_status_after_a_reconnect_and_send_no_last_event_id()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        var (inbox, states) = (new Inbox<int>(), new Inbox<SubscriptionStatus>());
        var stream = board.Client.Subscribe<int>("sub.clock");
        using var watch = stream.StatusChanges.Subscribe(states);
        using var consumer = stream.Subscribe(inbox);
        var id = server.Start(await server.ReadAsync());
        // An id that is no text could not be sent back.
        server.Send($$$$"""{"id":{{{{id}}}},"result":{"type":"data","id":7,"data":{"id":7,"data":0}}}""");
        await inbox.NextAsync();

        server.Drop();
        server = await board.ReconnectAsync();
        var request = await server.ReadAsync();
        server.Start(request);

        Assert.Equal("""{"id":1,"method":"subscription","params":{"path":"sub.clock"}}""", request);
        Assert.Equal(GapReason.Reconnect, (await states.NextAsync(status => status.Gap is not null)).Gap!.Reason);
    }

    [Fact]
    public async Task A_program_can_go_on_where_an_earlier_run_of_it_ended()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();

        using var consumer = board.Client.Subscribe<int>("sub.tracked", lastEventId: "a7").Subscribe(new Inbox<int>());

        Assert.Equal("""{"id":1,"method":"subscription","params":{"path":"sub.tracked","lastEventId":"a7"}}""", await server.ReadAsync());
    }

    [Fact]
    public async Task An_item_that_cannot_be_read_is_skipped_and_counted()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        var inbox = new Inbox<int>();
        var stream = board.Client.Subscribe<int>("sub.clock");
        using var consumer = stream.Subscribe(inbox);
        var id = server.Start(await server.ReadAsync());

        server.Item(id, "3000000000");
        server.Item(id, "7");

        Assert.Equal(7, await inbox.NextAsync());
        Assert.Equal(1, stream.Status.Unreadable);
    }

    [Theory]
    [InlineData("\"\\ud83d\"")]
    [InlineData("{\"\\ud83d\":1}")]
    public async Task A_lone_surrogate_costs_its_own_item_at_most(string odd)
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        var (texts, raw) = (new Inbox<string>(), new Inbox<System.Text.Json.JsonElement>());
        using var first = board.Client.Subscribe<string>("a").Subscribe(texts);
        var one = server.Start(await server.ReadAsync());
        using var second = board.Client.Subscribe(new TrpcRequest("b")).Subscribe(raw);
        var two = server.Start(await server.ReadAsync());

        foreach (var id in new[] { one, two }) server.Item(id, odd);
        foreach (var id in new[] { one, two }) server.Item(id, "\"a\\u0000b\u2028c\"");

        Assert.Equal("a\0b\u2028c", await texts.NextAsync());
        Assert.Equal(odd, (await raw.NextAsync()).GetRawText());
    }

    [Fact]
    public async Task A_subscription_that_the_server_does_not_know_is_refused_for_good()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        var inbox = new Inbox<int>();
        using var consumer = board.Client.Subscribe<int>("no.such").Subscribe(inbox);
        server.Refuse($"{Wire.IdOf(await server.ReadAsync())}", "NOT_FOUND", "No \\\"subscription\\\"-procedure on path \\\"no.such\\\"", -32004);

        Assert.Equal("NOT_FOUND", (await Assert.ThrowsAsync<TrpcException>(() => inbox.Completion)).Key);
        await board.FenceAsync(server);
    }
}

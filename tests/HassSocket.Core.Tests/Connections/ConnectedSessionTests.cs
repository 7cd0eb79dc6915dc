using HassSocket.Core.Tests.Support;
using Xunit;
using static HassSocket.ConnectionState;

namespace HassSocket.Core.Tests.Connections;

public sealed class ConnectedSessionTests
{
    private static readonly TimeSpan Guard = ConnectionFixture.Guard;

    [Fact]
    public async Task Each_connection_is_told_once_with_its_number_version_and_gap()
    {
        await using var fixture = new ConnectionFixture(o => o.Calm());
        var sessions = new Inbox<ConnectedSession>();
        fixture.Connection.Sessions.Subscribe(sessions);
        var server = await fixture.ReadyAsync();

        var first = await sessions.NextAsync();
        Assert.Equal((1, "1.0", EndReason.None, TimeSpan.Zero), (first.Number, first.ServerVersion, first.GapReason, first.GapLength));
        Assert.Equal(fixture.Clock.GetUtcNow(), first.ConnectedAt);
        await fixture.ProveStableAsync();
        fixture.Transports.Refuse();
        server.Close(1001);
        await fixture.PassAsync(TimeSpan.FromSeconds(1));
        await fixture.AcceptAsync();

        var second = await sessions.NextAsync();
        Assert.Equal((2, EndReason.ClosedByServer, TimeSpan.FromSeconds(1)), (second.Number, second.GapReason, second.GapLength));
        await fixture.Connection.StopAsync().WaitAsync(Guard);
        Assert.False(sessions.TryNext(out _));
    }

    [Fact]
    public async Task Who_comes_while_Ready_hears_of_the_current_one_at_once_and_nobody_hears_of_one_that_is_gone()
    {
        await using var fixture = new ConnectionFixture(o => o.Calm());
        var early = new Inbox<ConnectedSession>();
        fixture.Connection.Sessions.Subscribe(early);
        var server = await fixture.ReadyAsync();
        Assert.Equal(1, (await early.NextAsync()).Number);

        var late = new Inbox<ConnectedSession>();
        fixture.Connection.Sessions.Subscribe(late);
        Assert.Equal(1, (await late.NextAsync()).Number);
        server.Drop();
        await fixture.UntilAsync(Backoff);
        var between = new Inbox<ConnectedSession>();
        fixture.Connection.Sessions.Subscribe(between);
        await fixture.ReconnectAsync();

        Assert.Equal(2, (await between.NextAsync()).Number);
        Assert.Equal(2, (await late.NextAsync()).Number);
        Assert.Equal(2, (await early.NextAsync()).Number);
    }

    [Fact]
    public async Task Who_comes_in_a_race_with_reconnects_hears_of_each_once_in_order_and_of_the_last()
    {
        await using var fixture = new ConnectionFixture(o => o.Calm(), dialect: new RelayDialect());
        var inboxes = new List<Inbox<ConnectedSession>>();
        var server = await fixture.ReadyAsync();
        var changes = fixture.Watch();
        for (var round = 0; round < 30; round++)
        {
            var joining = Task.Run(() =>
            {
                for (var i = 0; i < 5; i++)
                {
                    var inbox = new Inbox<ConnectedSession>();
                    fixture.Connection.Sessions.Subscribe(inbox);
                    inboxes.Add(inbox);
                }
            });
            server.Drop();
            await fixture.PassBackoffAsync(changes);
            server = await fixture.AcceptAsync();
            await changes.NextAsync(Ready);
            await joining.WaitAsync(Guard);
        }

        foreach (var inbox in inboxes)
        {
            var heard = 0;
            while (heard < 31)
            {
                var number = (await inbox.NextAsync()).Number;
                Assert.True(heard == 0 || number == heard + 1, $"{number} was heard after {heard}");
                heard = number;
            }

            Assert.False(inbox.TryNext(out _));
        }
    }

    [Fact]
    public async Task It_is_in_every_queue_before_a_waiting_command_leaves_and_the_gate_waits_for_no_handler()
    {
        await using var fixture = new ConnectionFixture();
        using var blocked = new BlockingConnectionObserver();
        var sessions = new Inbox<ConnectedSession>();
        fixture.Connection.Sessions.Subscribe(blocked);
        fixture.Connection.Sessions.Subscribe(sessions);
        ConnectedSession? heardBefore = null;
        fixture.Hooks.OnSend = async (message, send) =>
        {
            // The first command stands before the wire until the news has come out of the queue.
            if (message.Span.EndsWith("waiting"u8)) heardBefore = await sessions.NextAsync();
            await send();
        };
        var start = fixture.Connection.StartAsync();
        var waiting = fixture.SendAsync("waiting");
        var server = await fixture.AcceptAsync();

        server.Answer(await server.ReadAsync(), "= left");

        Assert.Equal("left", await waiting.WaitAsync(Guard));
        await start.WaitAsync(Guard);
        Assert.Equal(1, heardBefore?.Number);
        await blocked.Entered;
    }

    [Fact]
    public async Task A_handler_may_send_and_its_command_takes_its_place_behind_those_that_wait()
    {
        await using var fixture = new ConnectionFixture();
        Task<string>? own = null;
        fixture.Connection.Sessions.Subscribe(new Watcher<ConnectedSession>(_ => own = fixture.SendAsync("own")));
        _ = fixture.Connection.StartAsync();
        var waiting = fixture.SendAsync("waiting");
        var server = await fixture.AcceptAsync();

        var lines = await server.ReadLinesAsync(2);
        Assert.Equal(["1 waiting", "2 own"], lines);
        foreach (var line in lines) server.Answer(line, "= done");

        await waiting.WaitAsync(Guard);
        await own!.WaitAsync(Guard);
    }

    [Fact]
    public async Task A_handler_that_throws_is_logged_and_hears_of_the_next_connection()
    {
        await using var fixture = new ConnectionFixture(o => o.Calm());
        var heard = new Inbox<int>();
        fixture.Connection.Sessions.Subscribe(new Watcher<ConnectedSession>(session =>
        {
            heard.OnNext(session.Number);
            throw new InvalidOperationException("a handler's own trouble");
        }));

        var server = await fixture.ReadyAsync();
        server.Drop();
        await fixture.FenceAsync(await fixture.ReconnectAsync());

        Assert.Equal(1, await heard.NextAsync());
        Assert.Equal(2, await heard.NextAsync());
        await fixture.Log.WaitForAsync(40, "a handler's own trouble");
    }

    [Fact]
    public async Task Disposing_completes_it()
    {
        await using var fixture = new ConnectionFixture();
        var sessions = new Inbox<ConnectedSession>();
        fixture.Connection.Sessions.Subscribe(sessions);
        await fixture.ReadyAsync();

        await fixture.DisposeAsync();

        Assert.Equal(1, (await sessions.NextAsync()).Number);
        await sessions.Completion;
        var late = new Inbox<ConnectedSession>();
        fixture.Connection.Sessions.Subscribe(late);
        await late.Completion;
    }

    private sealed class BlockingConnectionObserver : IObserver<ConnectedSession>, IDisposable
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _released = new();

        public Task Entered => _entered.Task.WaitAsync(Guard);

        public void OnNext(ConnectedSession value)
        {
            _entered.TrySetResult();
            _released.Wait(Guard);
        }

        public void OnError(Exception error)
        {
        }

        public void OnCompleted()
        {
        }

        public void Dispose() => _released.Set();
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Client;

/// <summary>User code that blocks, throws, calls back and disposes where it should not: it hurts itself, and nothing else.</summary>
public sealed class HostileObserverTests
{
    private const string Doorbell = "doorbell";

    [Fact]
    public async Task Observers_of_everything_that_block_for_ever_stop_nothing()
    {
        await using var home = await Home.ReadyAsync();
        using var release = new ManualResetEventSlim();
        void Block<T>(T item) => release.Wait(Home.Guard);
        IDisposable[] blocked =
        [
            home.Client.StateChanges.Subscribe(Block), home.Client.OnConnect.Subscribe(Block), home.Client.TrafficWarnings.Subscribe(Block),
            home.Client.OnEvent(Doorbell).Subscribe(Block), home.Client.OnEvent(Doorbell).StatusChanges.Subscribe(Block),
            home.Client.OnStateChange().Subscribe(Block), home.Client.SubscribeEntities().Subscribe(Block), home.Client.Entities.Changes.Subscribe(Block),
        ];
        var heard = new Inbox<HassEvent>();
        using var subscription = home.Client.OnEvent(Doorbell).Subscribe(heard);
        try
        {
            await home.RoundTripAsync();
            home.House.FireEvent(Doorbell);
            home.House.SetState("light.kitchen", "on");
            _ = await heard.NextAsync();

            await home.BlinkAsync();

            await home.RoundTripAsync();
            home.House.FireEvent(Doorbell);
            _ = await heard.NextAsync();
            foreach (var one in blocked) one.Dispose();
            await home.Client.StopAsync().WaitAsync(Home.Guard);
        }
        finally
        {
            release.Set();
        }
    }

    [Fact]
    public async Task Observers_of_everything_that_throw_hear_the_next_news()
    {
        await using var home = await Home.ReadyAsync();
        var (events, states, connects, entities) = (new Inbox<int>(), new Inbox<int>(), new Inbox<int>(), new Inbox<int>());
        void Fail(Inbox<int> inbox)
        {
            inbox.OnNext(1);
            throw new InvalidOperationException("A handler that fails.");
        }

        using var one = home.Client.OnEvent(Doorbell).Subscribe(_ => Fail(events));
        using var two = home.Client.StateChanges.Subscribe(new Thrower<ConnectionStateChange>(() => Fail(states)));
        using var three = home.Client.OnConnect.Subscribe(new Thrower<HassConnection>(() => Fail(connects)));
        using var four = home.Client.OnStateChange().Subscribe(_ => Fail(entities));
        await home.RoundTripAsync();

        for (var round = 0; round < 2; round++)
        {
            home.House.FireEvent(Doorbell);
            home.House.SetState("light.kitchen", round == 0 ? "on" : "off");
            foreach (var inbox in new[] { events, states, connects, entities }) _ = await inbox.NextAsync();
            await home.BlinkAsync();
            await home.RoundTripAsync();
        }
    }

    [Fact]
    public async Task Handlers_may_send_subscribe_dispose_stop_and_pause_from_within()
    {
        await using var home = await Home.ReadyAsync();
        var done = new TaskCompletionSource();
        IDisposable? own = null;
        using var subscription = own = home.Client.OnEvent(Doorbell).Subscribe(_ =>
        {
            // Blocking on an answer is no way to write a handler; it works all the same.
            home.Client.PingAsync().WaitAsync(Home.Guard).GetAwaiter().GetResult();
            using var nested = home.Client.OnEvent(Doorbell).Subscribe(static _ => { });
            home.Client.PauseMessages = true;
            home.Client.PauseMessages = false;
            own?.Dispose();
            home.Client.StopAsync().WaitAsync(Home.Guard).GetAwaiter().GetResult();
            done.TrySetResult();
        });
        await home.RoundTripAsync();

        home.House.FireEvent(Doorbell);

        await done.Task.WaitAsync(Home.Guard);
        Assert.Equal(ConnectionState.Stopped, home.Client.State);
    }

    [Fact]
    public async Task A_handler_of_OnConnect_may_dispose_the_client_and_wait_for_it()
    {
        await using var home = new Home();
        var done = new TaskCompletionSource();
        using var subscription = home.Client.OnConnect.Subscribe(_ =>
        {
            home.Client.DisposeAsync().AsTask().WaitAsync(Home.Guard).GetAwaiter().GetResult();
            done.TrySetResult();
        });

        await home.Client.StartAsync().WaitAsync(Home.Guard);

        await done.Task.WaitAsync(Home.Guard);
        Assert.Equal(ConnectionState.Stopped, home.Client.State);
    }

    [Fact]
    public async Task Ten_thousand_subscribers_of_one_event_are_one_subscription_and_all_hear_of_it()
    {
        await using var home = await Home.ReadyAsync();
        var (left, done) = (10_000, new TaskCompletionSource());
        var stream = home.Client.OnEvent(Doorbell);
        var all = Enumerable.Range(0, left).Select(_ => stream.Subscribe(_ =>
        {
            if (Interlocked.Decrement(ref left) == 0) done.TrySetResult();
        })).ToList();
        await home.RoundTripAsync();

        home.House.FireEvent(Doorbell);

        await done.Task.WaitAsync(Home.Guard);
        foreach (var one in all) one.Dispose();
        await home.RoundTripAsync();
        Assert.Single(home.SentOf("subscribe_events"));
        Assert.Single(home.SentOf("unsubscribe_events"));
    }

    [Fact]
    public async Task A_command_whose_fields_or_result_throw_costs_its_caller_and_nobody_else()
    {
        await using var home = await Home.ReadyAsync();
        home.House.OnCommand("broken", _ => Task.FromResult<JsonNode?>(null));

        var write = await Assert.ThrowsAnyAsync<Exception>(() => home.Client.SendMessageAsync(new Broken(Writes: false)).WaitAsync(Home.Guard));
        var read = await Assert.ThrowsAnyAsync<Exception>(() => home.Client.SendMessageAsync(new Broken(Writes: true)).WaitAsync(Home.Guard));

        Assert.Contains("No words.", write.ToString(), StringComparison.Ordinal);
        Assert.Contains("No sense.", read.ToString(), StringComparison.Ordinal);
        await home.RoundTripAsync();
        Assert.Single(home.House.Connections);
    }

    private sealed record Broken(bool Writes) : HassCommand<int>
    {
        public override string Type => "broken";

        protected internal override void WriteFields(Utf8JsonWriter writer)
        {
            if (!Writes) throw new FormatException("No words.");
        }

        protected internal override int ReadResult(ref Utf8JsonReader reader) => throw new FormatException("No sense.");
    }

    private sealed class Thrower<T>(Action act) : IObserver<T>
    {
        public void OnNext(T value) => act();

        public void OnError(Exception error)
        {
        }

        public void OnCompleted()
        {
        }
    }
}

using HassSocket.Testing;

namespace HassSocket.Core.Tests.Support;

/// <summary>What tests of a connection's life do again and again.</summary>
internal static class LifeExtensions
{
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(5);

    /// <summary>No ping disturbs the clock.</summary>
    public static void Calm(this TestOptions options) => options.PingInterval = TimeSpan.FromHours(10);

    /// <summary>Takes down every change from now on, the replayed one first.</summary>
    public static Inbox<ConnectionStateChange> Watch(this ConnectionFixture fixture)
    {
        var changes = new Inbox<ConnectionStateChange>();
        fixture.Connection.StateChanges.Subscribe(changes);
        return changes;
    }

    /// <summary>Skips to the next change into a state.</summary>
    public static Task<ConnectionStateChange> NextAsync(this Inbox<ConnectionStateChange> changes, ConnectionState state) =>
        changes.NextAsync(change => change.Current == state);

    /// <summary>Lets a back-off of this length pass, slice by slice as it waits.</summary>
    public static async Task PassAsync(this ConnectionFixture fixture, TimeSpan wait)
    {
        for (var left = wait; left > TimeSpan.Zero; left -= Slice)
        {
            var slice = left < Slice ? left : Slice;
            await fixture.Clock.WaitForTimerAsync(slice);
            fixture.Clock.Advance(slice);
        }
    }

    /// <summary>Waits for the next back-off and lets it pass.</summary>
    public static async Task<ConnectionStateChange> PassBackoffAsync(this ConnectionFixture fixture, Inbox<ConnectionStateChange> changes)
    {
        var change = await changes.NextAsync(ConnectionState.Backoff);
        await fixture.PassAsync(change.NextAttemptIn ?? TimeSpan.Zero);
        return change;
    }

    /// <summary>Lets a ready session prove stable.</summary>
    public static async Task ProveStableAsync(this ConnectionFixture fixture)
    {
        var stableAfter = TimeSpan.FromSeconds(30);
        await fixture.Clock.WaitForTimerAsync(stableAfter);
        fixture.Clock.Advance(stableAfter);
    }

    /// <summary>Brings a fresh connection into a state; for one on demand, Ready and Idle are both within reach.</summary>
    public static async Task<MemoryConnection?> ReachAsync(this ConnectionFixture fixture, ConnectionState state)
    {
        switch (state)
        {
            case ConnectionState.Stopped:
                return null;
            case ConnectionState.Ready:
                return await fixture.ReadyAsync();
            case ConnectionState.Connecting:
                fixture.Transports.Hang();
                break;
            case ConnectionState.Backoff:
                fixture.Transports.Refuse();
                break;
        }

        _ = fixture.Connection.StartAsync().ContinueWith(started => _ = started.Exception, TaskScheduler.Default);
        MemoryConnection? server = null;
        if (state is ConnectionState.Authenticating or ConnectionState.Faulted)
        {
            server = await fixture.Transports.NextConnectionAsync();
            await server.ReadAsync();
        }

        if (state == ConnectionState.Faulted) server!.Send("go away");
        await fixture.UntilAsync(state);
        if (state == ConnectionState.Connecting) await fixture.Transports.WaitForDialsAsync(1);
        return server;
    }
}

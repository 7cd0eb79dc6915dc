using HassSocket.Core.Tests.Support;
using Xunit;

namespace HassSocket.Core.Tests.Sending;

public sealed class CancelledCommandTests
{
    private static readonly TimeSpan Guard = ConnectionFixture.Guard;

    [Fact]
    public async Task A_token_that_is_cancelled_already_keeps_the_command_from_leaving()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var token = new CancellationToken(canceled: true);

        await fixture.SendAsync("x", cancellationToken: token).IsCancelledByAsync(token);

        await fixture.FenceAsync(server);
    }

    [Fact]
    public async Task A_command_that_is_cancelled_while_it_waits_never_leaves()
    {
        await using var fixture = new ConnectionFixture();
        using var caller = new CancellationTokenSource();
        var server = await fixture.ReadyAsync();
        server.StuckWrites = true;
        var first = fixture.SendAsync("first");
        var waiting = fixture.SendAsync("waiting", cancellationToken: caller.Token);
        var last = fixture.SendAsync("last");

        await caller.CancelAsync();
        await waiting.IsCancelledByAsync(caller.Token);
        server.StuckWrites = false;

        Assert.Equal("1 first", await server.ReadAsync());
        Assert.Equal("2 last", await server.ReadAsync());
        server.Send("1 = a\n2 = b");
        Assert.Equal("a", await first.WaitAsync(Guard));
        Assert.Equal("b", await last.WaitAsync(Guard));
    }

    [Fact]
    public async Task A_command_that_is_cancelled_offline_never_leaves()
    {
        await using var fixture = new ConnectionFixture();
        using var caller = new CancellationTokenSource();
        var server = await fixture.ReadyAsync();
        server.Drop();
        await fixture.UntilAsync(ConnectionState.Backoff);
        var waiting = fixture.SendAsync("waiting", cancellationToken: caller.Token);

        await caller.CancelAsync();

        await waiting.IsCancelledByAsync(caller.Token);
        await fixture.FenceAsync(await fixture.ReconnectAsync());
    }

    [Fact]
    public async Task A_command_that_is_cancelled_after_it_left_ends_the_wait_only()
    {
        await using var fixture = new ConnectionFixture();
        using var caller = new CancellationTokenSource();
        var server = await fixture.ReadyAsync();
        var answer = fixture.SendAsync("slow", cancellationToken: caller.Token);
        await server.ReadAsync();

        await caller.CancelAsync();
        await answer.IsCancelledByAsync(caller.Token);
        var next = fixture.SendAsync("next");
        Assert.Equal("2 next", await server.ReadAsync());
        server.Send("1 = late\n2 = timely");

        Assert.Equal("timely", await next.WaitAsync(Guard));
        Assert.False(server.Aborted);
    }

    [Fact]
    public async Task A_token_never_reaches_the_socket_even_when_its_write_is_stuck()
    {
        await using var fixture = new ConnectionFixture();
        using var caller = new CancellationTokenSource();
        var server = await fixture.ReadyAsync();
        server.StuckWrites = true;
        var stuck = fixture.SendAsync("stuck", cancellationToken: caller.Token);

        await caller.CancelAsync();
        await stuck.IsCancelledByAsync(caller.Token);
        Assert.False(server.Aborted);
        server.StuckWrites = false;

        Assert.Equal("1 stuck", await server.ReadAsync());
        await fixture.FenceAsync(server);
    }

    [Fact]
    public async Task A_posted_command_can_be_abandoned_too()
    {
        await using var fixture = new ConnectionFixture();
        using var caller = new CancellationTokenSource();
        var server = await fixture.ReadyAsync();
        server.StuckWrites = true;
        var first = fixture.PostAsync("first");
        var waiting = fixture.PostAsync("waiting", cancellationToken: caller.Token);

        await caller.CancelAsync();
        await waiting.IsCancelledByAsync(caller.Token);
        server.StuckWrites = false;

        await first.WaitAsync(Guard);
        Assert.Equal("1 first", await server.ReadAsync());
        await fixture.FenceAsync(server);
    }

    [Fact]
    public async Task Cancelling_while_frames_are_filled_costs_neither_the_session_nor_a_waiter()
    {
        await using var fixture = new ConnectionFixture(o => o.MaxInFlight = int.MaxValue);
        var server = await fixture.ReadyAsync();
        using var over = new CancellationTokenSource();
        var answering = Task.Run(() => AnswerAllAsync(server, over.Token));

        var senders = Enumerable.Range(0, 4).Select(seed => Task.Run(async () =>
        {
            for (var round = 0; round < 400; round++)
            {
                using var caller = new CancellationTokenSource();
                var commands = Enumerable.Range(0, 4).Select(_ => fixture.SendAsync(new string('x', 100 + seed), cancellationToken: caller.Token)).ToArray();
                await caller.CancelAsync();
                foreach (var command in commands)
                    await Task.WhenAny(command).WaitAsync(Guard);
                Assert.All(commands, command => Assert.True(command.IsCanceled || command.IsCompletedSuccessfully, $"{command.Exception}"));
            }
        })).ToArray();
        await Task.WhenAll(senders).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(1, fixture.Transports.DialCount);
        Assert.Equal(ConnectionState.Ready, fixture.Connection.State);
        await over.CancelAsync();
        await fixture.DisposeAsync();
        await answering;
    }

    private static async Task AnswerAllAsync(Testing.MemoryConnection server, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                var frame = await server.ReadAsync();
                server.Send(string.Join('\n', frame.Split('\n').Select(line => $"{line.Split(' ')[0]} =")));
            }
            catch (Exception) when (over.IsCancellationRequested)
            {
                return;
            }
        }
    }
}

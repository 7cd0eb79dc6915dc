using HassSocket.Core.Tests.Support;
using Xunit;

namespace HassSocket.Core.Tests.Sending;

public sealed class ReplyAtSessionEndTests
{
    private static readonly TimeSpan Guard = ConnectionFixture.Guard;

    [Fact]
    public async Task The_end_of_the_socket_is_the_answer_to_a_command_that_ends_it()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var restart = RestartAsync(fixture);
        var other = fixture.SendAsync("other");
        await server.ReadAsync();
        await server.ReadAsync();

        server.Close();

        Assert.Equal("gone", await restart.WaitAsync(Guard));
        await other.FailsWithAsync<ConnectionLostException>();
    }

    [Fact]
    public async Task Our_own_stop_is_not_the_answer_to_a_command_that_ends_the_socket()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var restart = RestartAsync(fixture);
        await server.ReadAsync();

        await fixture.Connection.StopAsync().WaitAsync(Guard);

        Assert.Equal(EndReason.Stopped, (await restart.FailsWithAsync<ConnectionLostException>()).Reason);
    }

    [Fact]
    public async Task The_end_of_the_socket_is_no_answer_to_a_command_whose_write_failed()
    {
        await using var fixture = new ConnectionFixture();
        await fixture.ReadyAsync();
        fixture.Hooks.OnSend = (_, _) => throw new IOException("The wire was cut.");

        var lost = await RestartAsync(fixture).FailsWithAsync<ConnectionLostException>();

        Assert.Equal(Delivery.Unknown, lost.Delivery);
    }

    [Fact]
    public async Task The_end_of_the_socket_is_no_answer_to_a_command_whose_write_is_stuck()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        server.StuckWrites = true;
        var restart = RestartAsync(fixture);

        server.Drop();

        Assert.Equal(Delivery.Unknown, (await restart.FailsWithAsync<ConnectionLostException>()).Delivery);
    }

    [Fact]
    public async Task A_socket_that_ends_before_the_write_has_returned_is_an_answer_once_it_has()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var returns = new TaskCompletionSource();
        fixture.Hooks.OnSend = async (_, send) =>
        {
            await send();
            await returns.Task;
        };
        var restart = RestartAsync(fixture);
        await server.ReadAsync();

        server.Close();
        await fixture.UntilAsync(ConnectionState.Backoff);
        Assert.False(restart.IsCompleted);
        returns.SetResult();

        Assert.Equal("gone", await restart.WaitAsync(Guard));
    }

    private static Task<string> RestartAsync(ConnectionFixture fixture) =>
        fixture.SendAsync("restart", new CommandEnvelope("restart") { ReplyAtSessionEnd = "gone"u8.ToArray() });
}

using System.Net;
using HassSocket.Testing;
using HassSocket.Tests.Support;
using Microsoft.Extensions.Options;
using Xunit;

namespace HassSocket.Tests.Client;

/// <summary>A socket in one line, for programs without dependency injection: connected, or a reason.</summary>
public sealed class ConnectAsyncTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly HomeAssistantSimulator _house;
    private readonly HassSocketOptions _options;

    public ConnectAsyncTests()
    {
        _house = new HomeAssistantSimulator(new() { TimeProvider = _clock });
        _options = new HassSocketOptions { BaseUrl = _house.BaseUrl.ToString(), Token = _house.Token };
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task It_gives_a_socket_that_is_ready()
    {
        await using var client = await ConnectAsync(_house.Transports);

        Assert.Equal(ConnectionState.Ready, client.State);
    }

    [Fact]
    public async Task After_StartTimeout_it_tells_why_the_last_attempt_failed_even_while_another_is_under_way()
    {
        _options.ConnectTimeout = _options.StartTimeout * 2;
        var sockets = new MemoryTransportFactory(_clock);
        sockets.Refuse(reason: new NotConnectedException("A proxy forbids it.", EndReason.HttpStatus) { HttpStatus = HttpStatusCode.BadGateway });
        sockets.Hang();
        var connecting = ConnectAsync(sockets);
        await _clock.WaitForTimersAsync(due => due.Count(wait => wait <= _options.RetryInterval) == 1);
        _clock.Advance(_options.RetryInterval);
        await sockets.WaitForDialsAsync(2);

        _clock.Advance(_options.StartTimeout - _options.RetryInterval);

        var error = await Assert.ThrowsAsync<NotConnectedException>(() => connecting);
        Assert.StartsWith("No connection within 30 s (StartTimeout). A proxy forbids it.", error.Message, StringComparison.Ordinal);
        Assert.Equal((EndReason.HttpStatus, HttpStatusCode.BadGateway, Delivery.NotSent), (error.Reason, error.HttpStatus, error.Delivery));
    }

    [Fact]
    public async Task A_first_attempt_that_takes_too_long_is_told_as_one()
    {
        _options.StartTimeout = TimeSpan.FromSeconds(5);
        var sockets = new MemoryTransportFactory(_clock);
        sockets.Hang();
        var connecting = ConnectAsync(sockets);
        await sockets.WaitForDialsAsync(1);

        _clock.Advance(_options.StartTimeout);

        var error = await Assert.ThrowsAsync<NotConnectedException>(() => connecting);
        Assert.Equal("No connection within 5 s (StartTimeout). The first attempt was still under way.", error.Message);
        Assert.Equal(EndReason.ConnectTimeout, error.Reason);
    }

    [Fact]
    public async Task What_it_gave_up_leaves_no_connection_and_no_timer_behind()
    {
        _options.StartTimeout = TimeSpan.FromSeconds(5);
        _house.Faults.HoldAuth = true;
        var connecting = ConnectAsync(_house.Transports);
        await _house.WaitForMessageAsync(message => message.Text.Contains("access_token", StringComparison.Ordinal));

        _clock.Advance(_options.StartTimeout);

        await Assert.ThrowsAsync<NotConnectedException>(() => connecting);
        await Assert.Single(_house.Connections).Gone.WaitAsync(Home.Guard);
        await _clock.WaitForTimersAsync(due => due.Count == 0);
    }

    [Fact]
    public async Task A_rejected_token_is_thrown_at_once()
    {
        _options.Token = "wr0ng";

        var error = await Assert.ThrowsAsync<AuthenticationRejectedException>(() => ConnectAsync(_house.Transports));

        Assert.DoesNotContain("wr0ng", error.ToString(), StringComparison.Ordinal);
        await Assert.Single(_house.Connections).Gone.WaitAsync(Home.Guard);
    }

    [Fact]
    public async Task A_caller_who_gives_up_gets_a_cancellation_with_the_own_token()
    {
        _house.Faults.HoldAuth = true;
        using var caller = new CancellationTokenSource();
        var connecting = ConnectAsync(_house.Transports, caller.Token);
        await _house.WaitForMessageAsync(message => message.Text.Contains("access_token", StringComparison.Ordinal));

        await caller.CancelAsync();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        Assert.Equal(caller.Token, error.CancellationToken);
        await Assert.Single(_house.Connections).Gone.WaitAsync(Home.Guard);
    }

    [Theory]
    [InlineData("", "t0ken", "BaseUrl is not set")]
    [InlineData("http://", "t0ken", "BaseUrl (http://) is not an address")]
    [InlineData("http:/homeassistant.local", "t0ken", "BaseUrl lacks the two slashes")]
    [InlineData("http://homeassistant.local", " \r\n ", "Token is empty")]
    [InlineData("t0.k.en://homeassistant.local", "http://homeassistant.local", "Token holds an address")]
    public async Task A_slip_is_explained_before_anything_is_dialled(string url, string token, string expected)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => HassSocketClient.ConnectAsync(url, token).WaitAsync(Home.Guard));

        Assert.Contains(error.Failures, failure => failure.StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stray_line_break_around_the_token_is_forgiven()
    {
        _options.Token = $"  {_house.Token}\r\n";

        await using var client = await ConnectAsync(_house.Transports);

        Assert.Equal(ConnectionState.Ready, client.State);
    }

    private Task<HassSocketClient> ConnectAsync(ITransportFactory transports, CancellationToken token = default) =>
        HassSocketClient.ConnectAsync(_options, _clock, transports, token).WaitAsync(Home.Guard, CancellationToken.None);
}

using System.Net;
using HassSocket.Core.Tests.Support;
using Xunit;
using static HassSocket.ConnectionState;

namespace HassSocket.Core.Tests.Connections;

public sealed class SlowRetryTests
{
    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    public async Task A_server_that_is_there_and_does_not_want_us_is_asked_at_the_longest_interval_for_ever(HttpStatusCode status)
    {
        await using var fixture = new ConnectionFixture(o => o.Calm(), random: 0);
        fixture.Transports.Refuse(5, new NotConnectedException("This is what it usually means.", EndReason.HttpStatus) { HttpStatus = status });
        var changes = fixture.Watch();

        var start = fixture.Connection.StartAsync();
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            var refused = await fixture.PassBackoffAsync(changes);
            Assert.Equal((EndReason.HttpStatus, TimeSpan.FromSeconds(60), attempt), (refused.Reason, refused.NextAttemptIn, refused.FailedAttempts));
            Assert.Equal("This is what it usually means.", refused.Explanation);
        }

        await fixture.AcceptAsync();
        await start.WaitAsync(ConnectionFixture.Guard);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task A_server_in_trouble_is_asked_again_soon(HttpStatusCode status)
    {
        await using var fixture = new ConnectionFixture(o => o.Calm());
        fixture.Transports.Refuse(1, new NotConnectedException("Later.", EndReason.HttpStatus) { HttpStatus = status });
        var changes = fixture.Watch();

        _ = fixture.Connection.StartAsync();

        Assert.Equal(TimeSpan.FromSeconds(1), (await fixture.PassBackoffAsync(changes)).NextAttemptIn);
        await fixture.AcceptAsync();
    }

    [Fact]
    public async Task A_command_meanwhile_says_what_the_refusal_usually_means()
    {
        await using var fixture = new ConnectionFixture(o => o.Calm());
        fixture.Transports.Refuse(1, new NotConnectedException("Nothing has this path there.", EndReason.HttpStatus) { HttpStatus = HttpStatusCode.NotFound });
        _ = fixture.Connection.StartAsync();
        await fixture.UntilAsync(Backoff);

        var refused = await fixture.SendAsync("x", new CommandEnvelope("x") { WhenDisconnected = WhenUnavailable.Fail }).FailsWithAsync<NotConnectedException>();

        Assert.Equal((EndReason.HttpStatus, Delivery.NotSent), (refused.Reason, refused.Delivery));
        Assert.Contains("Nothing has this path there.", refused.Message, StringComparison.Ordinal);
    }
}

using HassSocket.Core.Tests.Support;
using Microsoft.Extensions.Logging;
using Xunit;

namespace HassSocket.Core.Tests.Subscriptions;

public sealed class WideTests
{
    [Fact]
    public async Task A_second_wide_one_is_allowed_and_warned_of_once_with_the_figures()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        using var first = Wide(fixture, "all");
        using var same = Wide(fixture, "all");
        await fixture.SentAsync(server);
        Assert.DoesNotContain(fixture.Log.Lines, line => line.Level == LogLevel.Warning);

        using var second = Wide(fixture, "everything");
        Wide(fixture, "more").Dispose();
        using var third = Wide(fixture, "more");

        Assert.Contains("3 sub everything", await fixture.SentAsync(server));
        var warning = Assert.Single(fixture.Log.Lines, line => line.Level == LogLevel.Warning);
        Assert.Contains("2 wide subscriptions", warning.Text, StringComparison.Ordinal);
        Assert.Contains("4,096", warning.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_close_out_of_the_blue_is_a_suspected_burst_only_while_a_wide_one_is_held(bool isHeld)
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var wide = Wide(fixture, "all");
        server.Answer(await server.ReadAsync());
        if (!isHeld) wide.Dispose();
        await fixture.SentAsync(server);

        server.Close();

        var change = await fixture.UntilAsync(ConnectionState.Backoff);
        Assert.Equal(isHeld, change.Explanation!.Contains("perhaps a burst", StringComparison.Ordinal));
    }

    private static IDisposable Wide(ConnectionFixture fixture, string topic) =>
        fixture.Connection.Subscribe(new TextSource(topic) { Wide = true }).Subscribe(new Inbox<string>());
}

using System.Net;
using System.Net.Sockets;
using HassSocket.Core.Tests.Support;
using Xunit;

namespace HassSocket.Core.Tests.Transport;

/// <summary>Every way in which an attempt to connect fails says why, in a sentence.</summary>
public sealed class ConnectFailureTests
{
    [Fact]
    public async Task Upgrade_carries_the_headers_of_the_request()
    {
        var seen = new TaskCompletionSource<string>();
        await using var server = new LoopbackServer(async peer =>
        {
            await peer.UpgradeAsync();
            seen.SetResult(peer.Request);
        });
        var request = new UpgradeRequest(server.Url(path: "/base/socket?x=1"))
        {
            Headers = [new("Cookie", "a=1"), new("X-Key", "secret"), new("cookie", "b=2")],
        };
        await using var transport = await Dial.ConnectAsync(request);
        var upgrade = await seen.Task.Guarded();
        Assert.StartsWith("GET /base/socket?x=1 HTTP/1.1", upgrade, StringComparison.Ordinal);
        Assert.Contains("Cookie: a=1; b=2\r\n", upgrade, StringComparison.Ordinal);
        Assert.Contains("X-Key: secret\r\n", upgrade, StringComparison.Ordinal);
        Assert.DoesNotContain("Sec-WebSocket-Extensions", upgrade, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compression_is_offered_only_when_asked_for()
    {
        var seen = new TaskCompletionSource<string>();
        await using var server = new LoopbackServer(async peer =>
        {
            await peer.UpgradeAsync(compress: true);
            seen.SetResult(peer.Request);
        });
        await using var transport = await Dial.ConnectAsync(server.Url(), compress: true);
        Assert.Contains("Sec-WebSocket-Extensions: permessage-deflate", await seen.Task.Guarded(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirect_is_not_followed_and_says_where_it_leads(int status)
    {
        await using var target = new LoopbackServer(async peer => await peer.UpgradeAsync());
        await using var server = new LoopbackServer(peer =>
            peer.RefuseAsync($"{status} Moved", $"Location: http://127.0.0.1:{target.Port}/login?code=hidden"));
        var failure = await Dial.FailureAsync(server.Url());
        Assert.Equal(EndReason.HttpStatus, failure.Reason);
        Assert.Equal((HttpStatusCode)status, failure.HttpStatus);
        Assert.Contains($"redirects to http://127.0.0.1:{target.Port}/login. Redirects are not", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, target.Connections);
    }

    [Theory]
    [InlineData(200, "something else than a WebSocket")]
    [InlineData(400, "proxy")]
    [InlineData(401, "wants credentials for the upgrade")]
    [InlineData(403, "banned")]
    [InlineData(404, "base path")]
    [InlineData(418, "not how a WebSocket server answers")]
    [InlineData(426, "headers of the upgrade")]
    [InlineData(429, "too many requests")]
    [InlineData(500, "the server failed")]
    [InlineData(502, "the server behind it does not yet")]
    [InlineData(503, "the server behind it does not yet")]
    [InlineData(504, "the server behind it does not yet")]
    public async Task Http_status_says_what_it_usually_means(int status, string hint)
    {
        await using var server = new LoopbackServer(peer => peer.RefuseAsync($"{status} Whatever"));
        var failure = await Dial.FailureAsync(server.Url(path: "/a/b?token=hidden"));
        Assert.Equal(EndReason.HttpStatus, failure.Reason);
        Assert.Equal((HttpStatusCode)status, failure.HttpStatus);
        Assert.StartsWith($"ws://127.0.0.1:{server.Port}/a/b answered HTTP {status}: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(hint, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_where_nothing_listens_is_refused()
    {
        var port = UnusedPort();
        var failure = await Dial.FailureAsync(new Uri($"ws://127.0.0.1:{port}/"));
        Assert.Equal(EndReason.Refused, failure.Reason);
        Assert.Null(failure.HttpStatus);
        Assert.StartsWith($"Nothing listens at 127.0.0.1:{port}.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere.invalid", "spelled right")]
    [InlineData("nowhere-at-all.local", "mDNS")]
    public async Task Name_that_nobody_knows_says_so(string host, string hint)
    {
        var failure = await Dial.FailureAsync(new Uri($"ws://{host}/"));
        Assert.Equal(EndReason.NameResolution, failure.Reason);
        Assert.Contains($"The name {host} could not be resolved", failure.Message, StringComparison.Ordinal);
        Assert.Contains(hint, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Server_that_hangs_up_during_the_upgrade_is_a_loss(bool reset)
    {
        await using var server = new LoopbackServer(async peer =>
        {
            await peer.ReadRequestAsync();
            if (reset) peer.Reset();
        });
        var failure = await Dial.FailureAsync(server.Url());
        Assert.Equal(EndReason.ConnectionLost, failure.Reason);
        Assert.Contains("hung up without an answer", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_hangs_up_during_the_upgrade_is_dialled_once_for_each_attempt()
    {
        await using var server = new LoopbackServer(async peer => await peer.ReadRequestAsync());
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await Dial.FailureAsync(server.Url());
            Assert.Equal(attempt, server.Connections);
        }
    }

    [Fact]
    public async Task Wrong_answer_to_the_upgrade_is_a_violation()
    {
        await using var server = new LoopbackServer(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.WriteAsync(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: wrong\r\n\r\n");
            await peer.SilenceAsync();
        });
        var failure = await Dial.FailureAsync(server.Url());
        Assert.Equal(EndReason.ProtocolViolation, failure.Reason);
    }

    [Fact]
    public async Task Port_that_speaks_no_http_is_a_violation()
    {
        await using var server = new LoopbackServer(async peer =>
        {
            await peer.WriteAsync("220 mail.example ESMTP\r\n");
            await peer.SilenceAsync();
        });
        var failure = await Dial.FailureAsync(server.Url());
        Assert.Equal(EndReason.ProtocolViolation, failure.Reason);
        Assert.Contains("does not speak HTTP", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ending_an_attempt_is_a_cancellation_with_the_callers_token()
    {
        using var ending = new CancellationTokenSource();
        await using var server = new LoopbackServer(async peer =>
        {
            await peer.ReadRequestAsync();
            await ending.CancelAsync();
            await peer.SilenceAsync();
        });
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Dial.ConnectAsync(new UpgradeRequest(server.Url()), cancellationToken: ending.Token));
        Assert.Equal(ending.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task Header_that_cannot_be_sent_fails_without_showing_its_value()
    {
        var request = new UpgradeRequest(new Uri("ws://127.0.0.1:9/")) { Headers = [new("X-Key", "hidden\r\nX: y")] };
        var failure = await Assert.ThrowsAsync<NotConnectedException>(() => Dial.ConnectAsync(request));
        Assert.DoesNotContain("hidden", failure.ToString(), StringComparison.Ordinal);
    }

    private static int UnusedPort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}

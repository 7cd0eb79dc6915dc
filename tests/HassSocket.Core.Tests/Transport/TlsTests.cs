using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using HassSocket.Core.Tests.Support;
using Microsoft.Extensions.Logging;
using NSubstitute;
using Xunit;

namespace HassSocket.Core.Tests.Transport;

public sealed class TlsTests
{
    private const string Host = "localhost";

    private static readonly X509Certificate2 Root = TestCertificates.Authority("Our root");
    private static readonly X509Certificate2 Stranger = TestCertificates.Authority("Somebody else");

    [Fact]
    public async Task Certificate_of_an_unknown_authority_is_refused_and_names_the_options()
    {
        using var leaf = TestCertificates.Leaf(Root, Host);
        await using var server = Server(leaf);
        var failure = await Dial.FailureAsync(server.Url(Host));
        Assert.Equal(EndReason.Tls, failure.Reason);
        Assert.Contains("CN=Our root", failure.Message, StringComparison.Ordinal);
        Assert.Contains("TlsOptions.ExtraAuthorities", failure.Message, StringComparison.Ordinal);
        Assert.Contains(TestCertificates.Pin(leaf), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extra_authority_is_trusted()
    {
        using var leaf = TestCertificates.Leaf(Root, Host);
        await AssertConnectsAsync(leaf, new TlsOptions { ExtraAuthorities = { Stranger, Root } });
    }

    [Fact]
    public async Task Extra_authority_is_trusted_through_an_intermediate_that_the_server_sends()
    {
        using var between = TestCertificates.Authority("In between", Root);
        using var leaf = TestCertificates.Leaf(between, Host);
        await using var server = Server(leaf, between);
        await using var transport = await Dial.ConnectAsync(server.Url(Host), new TlsOptions { ExtraAuthorities = { Root } });
    }

    [Fact]
    public async Task Self_signed_certificate_may_be_its_own_extra_authority()
    {
        using var leaf = TestCertificates.Leaf(null, Host);
        await AssertConnectsAsync(leaf, new TlsOptions { ExtraAuthorities = { leaf } });
    }

    [Fact]
    public async Task Extra_authority_does_not_vouch_for_certificates_of_others()
    {
        using var leaf = TestCertificates.Leaf(Stranger, Host);
        await AssertRefusedAsync(leaf, new TlsOptions { ExtraAuthorities = { Root } }, "is not signed by anyone that this machine trusts");
    }

    [Fact]
    public async Task Wrong_host_is_refused_though_the_authority_is_trusted()
    {
        using var leaf = TestCertificates.Leaf(Root, "house.example", "10.1.2.3");
        await AssertRefusedAsync(leaf, new TlsOptions { ExtraAuthorities = { Root } }, "is for house.example, 10.1.2.3, not for localhost");
    }

    [Fact]
    public async Task Expired_certificate_is_refused_and_tells_its_dates()
    {
        using var leaf = TestCertificates.Expired(Root, Host);
        await AssertRefusedAsync(leaf, new TlsOptions { ExtraAuthorities = { Root } }, "out of date");
    }

    [Fact]
    public async Task Pinned_key_is_trusted_whoever_signed_it_and_whatever_its_name()
    {
        using var leaf = TestCertificates.Leaf(null, "house.example");
        await AssertConnectsAsync(leaf, new TlsOptions { PinnedPublicKeys = { "AAAA", TestCertificates.Pin(leaf) } });
    }

    [Fact]
    public async Task Pinned_key_that_the_server_does_not_own_refuses_it_though_its_authority_is_trusted()
    {
        using var leaf = TestCertificates.Leaf(Root, Host);
        var tls = new TlsOptions { ExtraAuthorities = { Root }, PinnedPublicKeys = { TestCertificates.Pin(Root) } };
        await AssertRefusedAsync(leaf, tls, TestCertificates.Pin(leaf));
    }

    [Fact]
    public async Task Any_certificate_is_accepted_only_with_a_warning_at_every_connection()
    {
        using var leaf = TestCertificates.Leaf(null, "house.example");
        await using var server = Server(leaf);
        var logger = Substitute.For<ILogger>();
        logger.IsEnabled(LogLevel.Warning).Returns(true);
        var request = new UpgradeRequest(server.Url(Host)) { Tls = new TlsOptions { DangerouslyAcceptAnyCertificate = true } };
        for (var i = 0; i < 2; i++)
        {
            await using var transport = await Dial.ConnectAsync(request, logger);
        }

        var warnings = logger.ReceivedCalls().Where(c => c.GetMethodInfo().Name == nameof(ILogger.Log)).ToList();
        Assert.Equal(2, warnings.Count);
        Assert.All(warnings, w => Assert.Equal(LogLevel.Warning, w.GetArguments()[0]));
    }

    [Fact]
    public async Task Client_certificate_is_shown_to_a_server_that_asks()
    {
        using var leaf = TestCertificates.Leaf(Root, Host);
        using var ours = TestCertificates.Leaf(Stranger, "client");
        var shown = new TaskCompletionSource<string?>();
        await using var server = new LoopbackServer(async peer =>
        {
            shown.SetResult(((SslStream)peer.Stream).RemoteCertificate?.Subject);
            await peer.UpgradeAsync();
            await peer.SilenceAsync();
        }, Asking(leaf));
        var tls = new TlsOptions { ExtraAuthorities = { Root }, ClientCertificate = ours };
        await using var transport = await Dial.ConnectAsync(server.Url(Host), tls);
        Assert.Equal("CN=client", await shown.Task.Guarded());
    }

    [Fact]
    public async Task Server_that_wants_a_client_certificate_and_gets_none_points_to_the_option()
    {
        using var leaf = TestCertificates.Leaf(Root, Host);
        await using var server = new LoopbackServer(async peer => await peer.UpgradeAsync(), Asking(leaf));
        var failure = await Dial.FailureAsync(server.Url(Host), new TlsOptions { ExtraAuthorities = { Root } });
        Assert.Contains("TlsOptions.ClientCertificate", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_certificate_without_its_key_is_explained()
    {
        using var leaf = TestCertificates.Leaf(Root, Host);
        using var keyless = X509CertificateLoader.LoadCertificate(leaf.RawData);
        var failure = await Dial.FailureAsync(new Uri("wss://127.0.0.1:9/"), new TlsOptions { ClientCertificate = keyless });
        Assert.Equal(EndReason.Tls, failure.Reason);
        Assert.Contains("no private key", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_that_does_not_speak_tls_is_explained()
    {
        await using var server = new LoopbackServer(async peer =>
        {
            await peer.WriteAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
            await peer.SilenceAsync();
        });
        var failure = await Dial.FailureAsync(new Uri($"wss://{Host}:{server.Port}/"));
        Assert.Equal(EndReason.Tls, failure.Reason);
        Assert.Contains("use ws (http) instead of wss (https)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_that_speaks_tls_only_is_explained_to_a_plain_client()
    {
        using var leaf = TestCertificates.Leaf(Root, Host);
        await using var server = Server(leaf);
        var failure = await Dial.FailureAsync(new Uri($"ws://{Host}:{server.Port}/"));
        Assert.Contains("use wss (https) instead of ws (http)", failure.Message, StringComparison.Ordinal);
    }

    private static async Task AssertConnectsAsync(X509Certificate2 leaf, TlsOptions tls)
    {
        await using var server = Server(leaf);
        await using var transport = await Dial.ConnectAsync(server.Url(Host), tls);
    }

    private static async Task AssertRefusedAsync(X509Certificate2 leaf, TlsOptions tls, string sentence)
    {
        await using var server = Server(leaf);
        var failure = await Dial.FailureAsync(server.Url(Host), tls);
        Assert.Equal(EndReason.Tls, failure.Reason);
        Assert.Contains(sentence, failure.Message, StringComparison.Ordinal);
    }

    private static LoopbackServer Server(X509Certificate2 leaf, params X509Certificate2[] sentAlong) => new(
        async peer =>
        {
            await peer.UpgradeAsync();
            await peer.SilenceAsync();
        },
        new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(leaf, [.. sentAlong], offline: true),
        });

    private static SslServerAuthenticationOptions Asking(X509Certificate2 leaf) => new()
    {
        ServerCertificate = leaf,
        ClientCertificateRequired = true,
        RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
    };
}

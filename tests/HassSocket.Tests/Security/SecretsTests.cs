using HassSocket.Testing;
using HassSocket.Tests.Faults;
using HassSocket.Tests.Shared.Security;
using HassSocket.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace HassSocket.Tests.Security;

/// <summary>Goes through every failure that has to do with a token, and looks for it in everything that can be seen from outside.</summary>
public sealed class SecretsTests
{
    private const string Wrong = "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJzM2NyM3QtaXNzdWVyIn0.czNjcjN0LXNpZ25hdHVyZQ";

    public static TheoryData<string> BrokenTokens =>
        [Wrong + "\n" + Wrong, Wrong + "\r\n", " " + Wrong + " x", "Bearer " + Wrong, "\"" + Wrong + "\"", Wrong + "…", "http://house.local/" + Wrong, Wrong + "\0"];

    public static TheoryData<string> DialFailures => [.. DialFaults.All.Select(fault => fault.Name)];

    [Fact]
    public async Task A_rejected_token_is_not_shown_even_where_the_server_repeats_it()
    {
        using var seen = new EverythingSeen();
        var transports = new MemoryTransportFactory();
        await using var client = Client(seen, transports);
        var start = client.StartAsync();
        var server = await transports.NextConnectionAsync();
        server.Send("""{"type":"auth_required","ha_version":"2026.1.0"}""");
        Assert.Contains(Wrong, await server.ReadAsync(), StringComparison.Ordinal);
        server.Send($$"""{"type":"auth_invalid","message":"Invalid token {{Wrong}}"}""");

        seen.Note(await Assert.ThrowsAsync<AuthenticationRejectedException>(() => start.WaitAsync(Home.Guard)));
        seen.Note(await Assert.ThrowsAsync<NotConnectedException>(() => client.PingAsync()));

        seen.HasNothingOf(Wrong);
    }

    [Theory]
    [InlineData("""{"type":"hello","token":"TOKEN"}""")]
    [InlineData("TOKEN")]
    [InlineData("""{"type":"TOKEN""")]
    [InlineData("""[{"type":"auth_ok","ha_version":"TOKEN"}]""")]
    public async Task A_token_that_comes_back_in_a_malformed_handshake_is_not_shown(string answer)
    {
        using var seen = new EverythingSeen();
        var transports = new MemoryTransportFactory();
        await using var client = Client(seen, transports);
        var failed = new TaskCompletionSource<ConnectionStateChange>();
        using var watch = client.StateChanges.Subscribe(change =>
        {
            if (change.Current == ConnectionState.Backoff) failed.TrySetResult(change);
        });
        _ = client.StartAsync();
        var server = await transports.NextConnectionAsync();
        server.Send("""{"type":"auth_required"}""");
        await server.ReadAsync();

        server.Send(answer.Replace("TOKEN", Wrong, StringComparison.Ordinal));
        var change = await failed.Task.WaitAsync(Home.Guard);

        Assert.Equal(EndReason.ProtocolViolation, change.Reason);
        seen.Note(change);
        seen.HasNothingOf(Wrong);
    }

    [Theory]
    [MemberData(nameof(DialFailures))]
    public async Task A_dial_that_fails_shows_no_token(string name)
    {
        var fault = DialFaults.All.Single(one => one.Name == name);
        using var seen = new EverythingSeen();
        await using var home = await FaultyHome.BuildAsync(fault.Options, fault.Tls);
        fault.Strike(home);
        var start = home.Client.StartAsync();
        await home.PassAsync(fault);

        seen.Note(await home.Home.UntilAsync(ConnectionState.Backoff));
        await home.Client.StopAsync().WaitAsync(Home.Guard);
        seen.Note(await Assert.ThrowsAnyAsync<HassSocketException>(() => start.WaitAsync(Home.Guard)));

        seen.Note(home.Home.Logs.Entries);
        seen.HasNothingOf(home.House.Token);
    }

    [Fact]
    public async Task A_revoked_token_is_not_shown()
    {
        using var seen = new EverythingSeen();
        await using var home = await Home.ReadyAsync();
        var token = home.House.Token;
        var refused = home.Client.SendMessageAsync("auth/s3cret", new System.Text.Json.Nodes.JsonObject { ["access_token"] = token });
        seen.Note(await Assert.ThrowsAsync<HassCommandException>(() => refused.WaitAsync(Home.Guard)));

        home.House.RevokeToken(token);
        var backoff = await home.UntilAsync(ConnectionState.Backoff);
        await home.WaitOutAsync(backoff);
        var faulted = await home.UntilAsync(ConnectionState.Faulted);

        Assert.Equal(EndReason.AuthenticationRejected, faulted.Reason);
        seen.Note(backoff, faulted, home.Logs.Entries);
        seen.HasNothingOf(token);
    }

    [Theory]
    [MemberData(nameof(BrokenTokens))]
    public async Task A_token_that_is_written_wrong_is_not_shown_wherever_it_comes_from(string token)
    {
        using var seen = new EverythingSeen();
        var options = new HassSocketOptions { BaseUrl = "http://house.local", Token = token };
        seen.Note(options, options.Validate());
        seen.Note(options.UseEnvironment(name => name == "HASS_SERVER" ? "ftp://" + token : token).Validate());
        seen.Note(new HassSocketOptions().UseEnvironment(name => name == "SUPERVISOR_TOKEN" ? token : null).Validate());
        await ThrowsAsync(seen, async () => await HassSocketClient.ConnectAsync("http://house.invalid", token, o => o.StartTimeout = TimeSpan.FromTicks(-5)));
        await ThrowsAsync(seen, () => Task.FromResult(Configured(("BaseUrl", token), ("Token", "http://house.local:8123"))));
        await ThrowsAsync(seen, () => Task.FromResult(Configured(("BaseUrl", "http://house.local"), ("Token", token), ("PingInterval", "5"))));
        await using var house = new HomeAssistantSimulator();
        await using var client = new HassSocketClient(
            new HassSocketOptions { BaseUrl = "http://house.local", TokenProvider = new ScriptedTokens(token) }, seen, transportFactory: house.Transports);

        await ThrowsAsync(seen, () => client.StartAsync().WaitAsync(Home.Guard));

        seen.HasNothingOf(Wrong);
    }

    [Fact]
    public void What_holds_a_token_does_not_show_it_as_text()
    {
        using var seen = new EverythingSeen();
        var options = new HassSocketOptions().UseEnvironment(name => name == "SUPERVISOR_TOKEN" ? Wrong : null);
        var upgrade = new UpgradeRequest(new Uri("ws://house.local/")) { Headers = [new("Cookie", "session=" + Wrong), new("Authorization", "Bearer " + Wrong)] };

        seen.Note(options, options.TokenProvider, upgrade, new TokenRequest { Rejected = true }, new HassSocketClient(options), options.Tls);

        seen.HasNothingOf(Wrong);
    }

    private static HassSocketClient Client(EverythingSeen seen, ITransportFactory transports) =>
        new(new HassSocketOptions { BaseUrl = "http://house.local", Token = Wrong }, seen, transportFactory: transports);

    private static HassSocketOptions Configured(params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection().AddLogging();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => "HassSocket:" + s.Key, s => (string?)s.Value)).Build();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddHassSocket(configuration.GetSection("HassSocket"));
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptionsMonitor<HassSocketOptions>>().CurrentValue;
    }

    private static async Task ThrowsAsync(EverythingSeen seen, Func<Task> act) => seen.Note((await Record.ExceptionAsync(act))!);
}

using System.Net.Security;
using System.Text.Json.Nodes;
using HassSocket.Testing;
using HassSocket.Tests.Support;

namespace HassSocket.Tests.Faults;

/// <summary>A client, a proxy with faults and a simulated house, over real sockets, on one clock that is moved by hand.</summary>
internal sealed class FaultyHome : IAsyncDisposable
{
    /// <summary>A limit that lets the large answers of these tests pass, all but the giant.</summary>
    public const int MaxMessageBytes = 2_000_000;

    private const string Heartbeats = "fault_event";

    private readonly IDisposable _hears;

    private FaultyHome(Home home, FaultProxy proxy)
    {
        Home = home;
        Proxy = proxy;
        _hears = home.Client.OnEvent(Heartbeats).Subscribe(Heard);
    }

    public Home Home { get; }

    public FaultProxy Proxy { get; }

    public HassSocketClient Client => Home.Client;

    public HomeAssistantSimulator House => Home.House;

    public ManualTimeProvider Clock => Home.Clock;

    /// <summary>The events that the client's subscription brought.</summary>
    public Inbox<HassEvent> Heard { get; } = new();

    /// <summary>A command that the house has taken and does not answer.</summary>
    public Task<JsonNode?> OnTheWire { get; private set; } = Task.FromResult<JsonNode?>(null);

    public static async Task<FaultyHome> BuildAsync(
        Action<HassSocketOptions>? configure = null, SslServerAuthenticationOptions? tls = null, ITransportFactory? transports = null)
    {
        var clock = new ManualTimeProvider();
        var house = new HomeAssistantSimulator(new HomeAssistantSimulatorOptions { TimeProvider = clock });
        await house.ListenAsync();
        house.OnCommand("fault/hold", _ => new TaskCompletionSource<JsonNode?>().Task);
        var proxy = new FaultProxy(house.BaseUrl, clock, tls);
        var home = new Home(
            clock,
            house,
            options =>
            {
                options.BaseUrl = proxy.Address.ToString();
                options.WaitForReady = TimeSpan.FromMinutes(10);
                configure?.Invoke(options);
            },
            _ => transports);
        return new FaultyHome(home, proxy);
    }

    /// <summary>Becomes ready, proves that events arrive, and leaves a command unanswered on the wire.</summary>
    public async Task ReadyAsync()
    {
        await Home.StartAsync();
        await HearAsync();
        OnTheWire = HoldAsync();
        await House.WaitForCommandAsync("fault/hold");
    }

    public async Task<JsonNode?> HoldAsync()
    {
        var answer = await Client.SendMessageAsync(new RawCommand("fault/hold") { ExpectResponseAfter = Timeout.InfiniteTimeSpan });
        return JsonNode.Parse(answer.GetRawText());
    }

    /// <summary>Fires an event in the house and waits until it is heard, once.</summary>
    public async Task HearAsync()
    {
        // Everything that was sent before has been dealt with when the answer to a ping is here.
        await Client.PingAsync().WaitAsync(Home.Guard);
        House.FireEvent(Heartbeats);
        _ = await Heard.NextAsync();
        await Client.PingAsync().WaitAsync(Home.Guard);
        if (!Heard.IsEmpty) throw new InvalidOperationException("The event came twice.");
    }

    /// <summary>Moves the clock until the client has noticed that nobody answers: a quiet interval, then the time for a pong.</summary>
    public async Task LetTheHeartbeatNoticeAsync()
    {
        Clock.Advance(Home.Options.PingInterval);
        await Clock.WaitForTimerAsync(Home.Options.PongTimeout);
        Clock.Advance(Home.Options.PongTimeout);
    }

    /// <summary>Lets the time pass after which the client gives up an attempt, if the fault needs any.</summary>
    public async Task PassAsync(DialFault fault)
    {
        if (fault.Within == TimeSpan.Zero) return;
        await Home.UntilAsync(fault.During);
        // What prepares an attempt, and the server, have timers of the same length: it must have come so far that one is left.
        if (fault.During == ConnectionState.Connecting) await Proxy.WaitForLinesAsync(1);
        else await House.WaitForMessageAsync(message => message.Text.Contains("\"auth\"", StringComparison.Ordinal));
        await Clock.WaitForTimersAsync(timers => timers.Count(timer => timer == fault.Within) == 1);
        Clock.Advance(fault.Within);
    }

    public async ValueTask DisposeAsync()
    {
        _hears.Dispose();
        await Home.DisposeAsync();
        await Proxy.DisposeAsync();
    }
}

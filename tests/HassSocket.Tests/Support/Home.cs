using System.Text.Json.Nodes;
using HassSocket.Testing;
using Microsoft.Extensions.Logging;

namespace HassSocket.Tests.Support;

/// <summary>A simulated house and a client of it, in memory, both on one clock that is moved by hand.</summary>
internal sealed class Home : IAsyncDisposable
{
    public static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);

    private readonly ILoggerFactory _loggers;
    private readonly IDisposable _watch;

    public Home(Action<HassSocketOptions>? configure = null, HomeAssistantSimulatorOptions? house = null)
        : this(new ManualTimeProvider(), clock => new HomeAssistantSimulator((house ?? new()) with { TimeProvider = clock }), configure)
    {
    }

    private Home(ManualTimeProvider clock, Func<ManualTimeProvider, HomeAssistantSimulator> house, Action<HassSocketOptions>? configure)
        : this(clock, house(clock), configure, built => built.Transports)
    {
    }

    /// <summary>Brings a house and its client together.</summary>
    /// <param name="clock">The clock of both.</param>
    /// <param name="house">The house.</param>
    /// <param name="configure">Changes the options of the client.</param>
    /// <param name="transports">How the client dials; <see langword="null"/> for real sockets.</param>
    public Home(
        ManualTimeProvider clock,
        HomeAssistantSimulator house,
        Action<HassSocketOptions>? configure,
        Func<HomeAssistantSimulator, ITransportFactory?> transports)
    {
        Clock = clock;
        House = house;
        Options = new HassSocketOptions { BaseUrl = House.BaseUrl.ToString(), Token = House.Token };
        configure?.Invoke(Options);
        _loggers = LoggerFactory.Create(builder => builder.AddProvider(Logs).SetMinimumLevel(LogLevel.Trace));
        Client = new HassSocketClient(Options, _loggers, Clock, transports(House));
        _watch = Client.StateChanges.Subscribe(States);
    }

    public ManualTimeProvider Clock { get; }

    public HomeAssistantSimulator House { get; }

    public HassSocketOptions Options { get; }

    public HassSocketClient Client { get; }

    public CapturedLogs Logs { get; } = new();

    /// <summary>Every state that the client went through.</summary>
    public Inbox<ConnectionStateChange> States { get; } = new();

    /// <summary>What the client sent after it was let in, arrays unrolled, in order.</summary>
    public IReadOnlyList<JsonObject> Sent => [.. House.Received.SelectMany(Commands)];

    public static async Task<Home> ReadyAsync(Action<HassSocketOptions>? configure = null, HomeAssistantSimulatorOptions? house = null)
    {
        var home = new Home(configure, house);
        await home.StartAsync();
        return home;
    }

    public async Task StartAsync()
    {
        await Client.StartAsync().WaitAsync(Guard);
        await UntilAsync(ConnectionState.Ready);
    }

    /// <summary>Takes states until this one.</summary>
    public Task<ConnectionStateChange> UntilAsync(ConnectionState state) => States.NextAsync(change => change.Current == state);

    /// <summary>What the client sent of one type.</summary>
    public IReadOnlyList<JsonObject> SentOf(string type) => [.. Sent.Where(command => (string?)command["type"] == type)];

    /// <summary>Waits until the client has sent so many commands of one type.</summary>
    public async Task<JsonObject> NthAsync(int count, string type)
    {
        await House.WaitForMessageAsync(_ => SentOf(type).Count >= count);
        return SentOf(type)[count - 1];
    }

    /// <summary>Makes a round trip through everything that is under way: what was sent before has been dealt with after.</summary>
    public async Task RoundTripAsync() => await Client.PingAsync().WaitAsync(Guard);

    /// <summary>Loses the connection and waits for the back-off.</summary>
    public async Task<ConnectionStateChange> LoseAsync()
    {
        House.Faults.DropAll();
        return await UntilAsync(ConnectionState.Backoff);
    }

    /// <summary>Lets the back-off pass, and waits for the next Ready.</summary>
    public async Task ReturnAsync(ConnectionStateChange backoff)
    {
        await WaitOutAsync(backoff);
        await UntilAsync(ConnectionState.Ready);
    }

    /// <summary>Lets the back-off pass, slice by slice.</summary>
    public async Task WaitOutAsync(ConnectionStateChange backoff)
    {
        var slice = TimeSpan.FromSeconds(5);
        for (var left = backoff.NextAttemptIn ?? TimeSpan.Zero; left > TimeSpan.Zero; left -= slice)
        {
            var next = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Min(left.TotalMilliseconds, slice.TotalMilliseconds)));
            await Clock.WaitForTimersAsync(timers => timers.Any(due => due > TimeSpan.Zero && due <= next && due >= next - TimeSpan.FromMilliseconds(1)));
            Clock.Advance(next);
        }
    }

    /// <summary>Loses the connection and comes back.</summary>
    public async Task BlinkAsync() => await ReturnAsync(await LoseAsync());

    public async ValueTask DisposeAsync()
    {
        _watch.Dispose();
        await Client.DisposeAsync().AsTask().WaitAsync(Guard);
        await House.DisposeAsync();
        _loggers.Dispose();
    }

    private static IEnumerable<JsonObject> Commands(ReceivedMessage message) => JsonNode.Parse(message.Text) switch
    {
        JsonArray array => array.OfType<JsonObject>(),
        JsonObject one when (string?)one["type"] != "auth" => [one],
        _ => [],
    };
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace HassSocket.Diagnostics;

/// <summary>The meter and the activity source of one connection; every figure carries its name, none a token or a payload.</summary>
internal sealed class Telemetry : IDisposable
{
    private const string SourceName = "HassSocket";
    private const string NameTag = "hass.socket";
    private static readonly ActivitySource Activities = new(SourceName);
    private static readonly Meter Meter = new(SourceName);
    private static readonly ConcurrentDictionary<Telemetry, Gauges> Live = new();
    private static readonly Counter<long> Attempts = Meter.CreateCounter<long>("hass.socket.connection.attempts", "{attempt}", "Attempts to connect, by outcome.");
    private static readonly Histogram<double> SessionDuration = Meter.CreateHistogram<double>("hass.socket.session.duration", "s", "How long sessions lasted, by reason of their end.");
    private static readonly Counter<long> Commands = Meter.CreateCounter<long>("hass.socket.commands", "{command}", "Commands, by type and outcome.");
    private static readonly Histogram<double> CommandDuration = Meter.CreateHistogram<double>("hass.socket.command.duration", "s", "From the call to the answer.");
    private static readonly Counter<long> Events = Meter.CreateCounter<long>("hass.socket.events.received", "{event}", "Items of subscriptions that came in.");
    private static readonly Counter<long> Dropped = Meter.CreateCounter<long>("hass.socket.events.dropped", "{event}", "Items that found a mailbox full, by stream and policy.");
    private static readonly Counter<long> Stray = Meter.CreateCounter<long>("hass.socket.items.stray", "{item}", "Items that nobody waits for: late, doubled or unknown.");
    private static readonly Histogram<double> PingDuration = Meter.CreateHistogram<double>("hass.socket.ping.duration", "s", "Round trips of the heartbeat.");
    private static readonly Counter<long> FrameBytes = Meter.CreateCounter<long>("hass.socket.frames.bytes", "By", "Bytes of messages, by direction.");
    private readonly KeyValuePair<string, object?> _name;

    static Telemetry()
    {
        Meter.CreateObservableGauge("hass.socket.connection.state", () => Observe(g => (int)g.State()), description: "Where the connection stands, as the number of its ConnectionState.");
        Meter.CreateObservableGauge("hass.socket.commands.waiting", () => Observe(g => g.Waiting()), "{command}", "Commands that wait to be written.");
        Meter.CreateObservableGauge("hass.socket.mailbox.depth", () => Observe(g => g.MailboxDepth()), "{event}", "Items that wait for consumers, all mailboxes together.");
        Meter.CreateObservableGauge("hass.socket.send.rate", () => Observe(g => g.SendRate()), "{message}/s", "The rolling average of load safety.");
    }

    public Telemetry(string connectionName) => _name = new KeyValuePair<string, object?>(NameTag, connectionName);

    public void Show(Gauges gauges) => Live[this] = gauges;

    public void Dispose() => Live.TryRemove(this, out _);

    public Activity? StartCommand(string type)
    {
        var activity = Activities.Begin("hass.socket.command");
        return activity?.SetTag(NameTag, _name.Value).SetTag("type", type);
    }

    public void Attempt(string outcome) => Attempts.Count(1, _name, new("outcome", outcome));

    public void SessionEnded(EndReason reason, TimeSpan lasted) =>
        SessionDuration.Note(lasted.TotalSeconds, _name, new("reason", reason.ToString()));

    public void Command(string type, string outcome, TimeSpan took, Activity? activity)
    {
        activity?.End();
        if (Commands.Enabled) Commands.Count(1, _name, new("type", type), new("outcome", outcome));
        if (CommandDuration.Enabled) CommandDuration.Note(took.TotalSeconds, _name, new("type", type));
    }

    public void Event()
    {
        if (Events.Enabled) Events.Count(1, _name);
    }

    public void Drop(string stream, OverflowPolicy policy)
    {
        if (Dropped.Enabled) Dropped.Count(1, _name, new("stream", stream), new("policy", policy.ToString()));
    }

    public void StrayItem() => Stray.Count(1, _name);

    public void Ping(TimeSpan took) => PingDuration.Note(took.TotalSeconds, _name);

    public void Frame(string direction, long bytes)
    {
        if (FrameBytes.Enabled) FrameBytes.Count(bytes, _name, new("direction", direction));
    }

    private static IEnumerable<Measurement<T>> Observe<T>(Func<Gauges, T> read)
        where T : struct =>
        Live.Select(pair => new Measurement<T>(read(pair.Value), pair.Key._name));

    /// <summary>What is read when somebody looks, not counted as it happens.</summary>
    internal sealed record Gauges(Func<ConnectionState> State, Func<int> Waiting, Func<long> MailboxDepth, Func<double> SendRate);
}

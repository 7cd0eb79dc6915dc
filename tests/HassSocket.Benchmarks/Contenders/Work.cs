using HassSocket.Benchmarks.Load;

namespace HassSocket.Benchmarks.Contenders;

/// <summary>What is done with the load.</summary>
internal enum WorkKind
{
    Events,
    RawEvents,
    Calls,
    CallsInFlight,
    States,
    Entities,
    EveryEntity,
    Differences,
    Subscriptions,
    Idle,
}

/// <summary>One line of the table: a load, and what a consumer does with it.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="What">Its name in the table.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Plan">The load.</param>
/// <param name="Repeats">How many requests, or how often it is asked for.</param>
/// <param name="IsLossless">Whether mailboxes grow instead of dropping: floods.</param>
/// <param name="Beside">The work that it is measured in turns with, because they are compared.</param>
internal sealed record Work(string Name, string What, WorkKind Kind, LoadPlan Plan, int Repeats = 1, bool IsLossless = true, string? Beside = null)
{
    private const int Flood = 96_000;

    private static readonly LoadPlan Nothing = new("", Events: 0, Batch: 1, Rate: 0, Entities: 500, Subscriptions: 1, Stray: false);

    public static IReadOnlyList<Work> All { get; } =
    [
        new("flood", "flood of events, one by one", WorkKind.Events, Nothing with { Events = Flood }),
        new("arrays", "flood of events, coalesced in arrays of 64", WorkKind.Events, Nothing with { Events = Flood, Batch = 64 }),
        new("raw", "flood of events, read as raw UTF-8", WorkKind.RawEvents, Nothing with { Events = Flood }),
        new("stray", "flood of events that nobody subscribed to", WorkKind.Events, Nothing with { Events = Flood, Stray = true }),
        new("calls", "`call_service`, one after the other", WorkKind.Calls, Nothing, Repeats: 5_000),
        new("calls-64", "`call_service`, 64 in flight", WorkKind.CallsInFlight, Nothing, Repeats: 32_000),
        new("states", "`get_states` of 10,000 entities", WorkKind.States, Nothing with { Entities = 10_000 }, Repeats: 10),
        new("entities", "`subscribe_entities` of 10,000 entities, first full cache", WorkKind.Entities, Nothing with { Entities = 10_000 }, Repeats: 10),
        new("every-entity", "the same, and every state looked at", WorkKind.EveryEntity, Nothing with { Entities = 10_000 }, Repeats: 10),
        new("differences", "flood of differences, 10,000 entities", WorkKind.Differences, Nothing with { Events = Flood, Entities = 10_000 }, Beside: "flood"),
        new("differences-10", "flood of differences, 10 entities", WorkKind.Differences, Nothing with { Events = Flood, Entities = 10 }, Beside: "flood"),
        new("subscriptions-10", "flood of events to ten of 10 subscriptions", WorkKind.Subscriptions, Nothing with { Events = Flood, Subscriptions = 10 }),
        new("subscriptions-10000", "flood of events to ten of 10,000 subscriptions", WorkKind.Subscriptions, Nothing with { Events = Flood, Subscriptions = 10_000 }, Beside: "subscriptions-10"),
        new("paced-1000", "1,000 events a second, one by one", WorkKind.Events, Nothing with { Events = 3_000, Rate = 1_000 }, IsLossless: false),
        new("paced-5000", "5,000 events a second, one by one", WorkKind.Events, Nothing with { Events = 15_000, Rate = 5_000 }, IsLossless: false),
        new("idle", "idle, nothing asked for", WorkKind.Idle, Nothing),
    ];

    /// <summary>What is done with tRPC.</summary>
    public static IReadOnlyList<Work> Trpc { get; } =
    [
        new("trpc-flood", "flood of a subscription's items", WorkKind.Events, Nothing with { Protocol = LoadPlan.Trpc, Events = Flood }),
        new("trpc-calls", "mutations, one after the other", WorkKind.Calls, Nothing with { Protocol = LoadPlan.Trpc }, Repeats: 2_000),
        new("trpc-calls-64", "mutations, 64 in flight", WorkKind.CallsInFlight, Nothing with { Protocol = LoadPlan.Trpc }, Repeats: 32_000),
    ];

    public static Work Named(string name) => All.Concat(Trpc).First(work => work.Name == name);

    /// <summary>What works have in common that are measured in turns.</summary>
    public string Group => Beside ?? Name;

    /// <summary>Whether it speaks tRPC, and not Home Assistant's API.</summary>
    public bool IsTrpc => Plan.Protocol == LoadPlan.Trpc;

    /// <summary>Whether a contender does it: some works show only what the SDK does with itself.</summary>
    public bool IsFor(string contender) => contender switch
    {
        "sdk" => true,
        "minimal" => !IsTrpc && Kind is not (WorkKind.Subscriptions or WorkKind.EveryEntity) && !Plan.Stray,
        _ => Kind is not (WorkKind.Entities or WorkKind.RawEvents or WorkKind.Subscriptions or WorkKind.Idle) && !Plan.Stray,
    };

    /// <summary>Whether it is <see cref="Shortened"/>: done once, without warming up.</summary>
    public bool IsShort { get; private init; }

    /// <summary>How often it is measured in one process: what takes a few tenths of a second is at the mercy of its neighbours.</summary>
    public int Measures => IsShort || Plan.Rate > 0 || Kind == WorkKind.Idle ? 1 : 7;

    /// <summary>The same as a flood, for the compiler to learn from.</summary>
    public Work WarmUp => this with { Plan = Plan with { Run = "", Rate = 0, Events = Plan.Rate > 0 ? Flood : Plan.Events }, IsLossless = true };

    /// <summary>A quarter of it.</summary>
    public Work Quarter => this with { Plan = Plan with { Events = Plan.Events / 4 }, Repeats = Math.Max(1, Repeats / 4) };

    /// <summary>The same, but so short that a test can wait for it.</summary>
    public Work Shortened => this with { IsShort = true, Plan = Plan with { Events = Math.Min(Plan.Events, 640) }, Repeats = Math.Min(Repeats, 64) };

    /// <summary>How many things the figures are divided by: events, requests, or answers.</summary>
    public int Units => Plan.Events > 0 ? Plan.Events : Repeats;
}

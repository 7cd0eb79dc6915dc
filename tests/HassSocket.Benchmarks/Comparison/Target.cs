using HassSocket.Benchmarks.Contenders;

namespace HassSocket.Benchmarks.Comparison;

/// <summary>What the SDK has to keep to, measured in the same run.</summary>
/// <param name="What">In words.</param>
/// <param name="Limit">The limit.</param>
/// <param name="IsAtLeast">Whether the limit is a floor; else it is a ceiling.</param>
/// <param name="Measure">What was measured; <see langword="null"/> when its works were not run.</param>
internal sealed record Target(string What, double Limit, bool IsAtLeast, Func<Results, double?> Measure)
{
    /// <summary>The bytes of the answer to get_states of the load's house.</summary>
    private static readonly double StatesBytes = Load.House.States(10_000).Length;

    public static IReadOnlyList<Target> All { get; } =
    [
        RateOf("flood, one by one: events a second, of the minimal loop", "flood", 0.75),
        CpuOf("flood, one by one: CPU, of the minimal loop", "flood", 1.5),
        RateOf("flood, coalesced: events a second, of the minimal loop", "arrays", 0.75),
        CpuOf("flood, coalesced: CPU, of the minimal loop", "arrays", 1.5),
        BytesOf("allocated per typed event", "flood", 1_300),
        BytesOf("allocated per event read as raw UTF-8", "raw", 64),
        BytesOf("allocated per event that nobody subscribed to (below 0.5 B: what the run itself costs)", "stray", 0.5),
        AtMost("sequential `call_service`: median round trip, of the minimal loop", 1.15, r => r.Median("sdk", Of("calls")).Over(r.Median("minimal", Of("calls")))),
        BytesOf("allocated per request", "calls", 500),
        RateOf("64 in flight: requests a second, of the minimal loop", "calls-64", 1.2),
        CpuOf("`get_states`, 10,000 entities: CPU, of a bare token scan", "states", 1.5),
        AtMost("`get_states`, 10,000 entities: allocated, of the payload", 1.3, r => r.Bytes("sdk", Of("states")).Median / StatesBytes),
        CpuOf("`subscribe_entities`, first full cache: CPU, of a bare token scan", "entities", 1.5),
        AtMost("a difference: CPU, of a `state_changed` event", 0.5, r => r.Cpu("sdk", Of("differences")).Over(r.Cpu("sdk", Of("flood")))),
        AtMost("CPU per event with 10,000 subscriptions, of that with 10", 1.1, r => r.Cpu("sdk", Of("subscriptions-10000")).Over(r.Cpu("sdk", Of("subscriptions-10")))),
        AtMost("CPU per difference with 10,000 entities, of that with 10", 1.1, r => r.Cpu("sdk", Of("differences")).Over(r.Cpu("sdk", Of("differences-10")))),
        CpuOf("1,000 events a second: CPU per event, of the minimal loop", "paced-1000", 1),
        CpuOf("5,000 events a second: CPU per event, of the minimal loop", "paced-5000", 1),
        AtLeastJs("tRPC, items of a subscription a second, of `@trpc/client`", r => r.Rate("sdk", Of("trpc-flood")).Over(r.Rate("js", Of("trpc-flood")))),
        AtLeastJs("tRPC, round trips a second one after the other, by the medians, of `@trpc/client`", r => r.Median("js", Of("trpc-calls")).Over(r.Median("sdk", Of("trpc-calls")))),
        AtLeastJs("tRPC, round trips a second with 64 in flight, of `@trpc/client`", r => r.Rate("sdk", Of("trpc-calls-64")).Over(r.Rate("js", Of("trpc-calls-64")))),
        AtMost("memory of an idle client above a bare `ClientWebSocket`, MB", 3, r => r.Memory("sdk", Of("idle")).Median - r.Memory("minimal", Of("idle")).Median),
    ];

    public bool IsMetBy(double measured) => IsAtLeast ? measured >= Limit : measured <= Limit;

    private static Work Of(string work) => Work.Named(work);

    private static Target RateOf(string what, string work, double limit) =>
        new(what, limit, IsAtLeast: true, r => r.Rate("sdk", Of(work)).Over(r.Rate("minimal", Of(work))));

    private static Target CpuOf(string what, string work, double limit) =>
        AtMost(what, limit, r => r.Cpu("sdk", Of(work)).Over(r.Cpu("minimal", Of(work))));

    private static Target BytesOf(string what, string work, double limit) => AtMost(what, limit, r => r.Bytes("sdk", Of(work)).Median);

    private static Target AtLeastJs(string what, Func<Results, double?> measure) => new(what, 1, IsAtLeast: true, measure);

    private static Target AtMost(string what, double limit, Func<Results, double?> measure) => new(what, limit, IsAtLeast: false, measure);
}

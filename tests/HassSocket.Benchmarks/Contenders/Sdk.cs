using System.Diagnostics;
using System.Text.Json.Nodes;
using HassSocket.Benchmarks.Load;

namespace HassSocket.Benchmarks.Contenders;

/// <summary>This SDK, used as its users would.</summary>
internal sealed class Sdk : IContender
{
    private const int InFlight = 64;
    private static readonly JsonFields Data = new JsonObject { ["brightness_pct"] = 40 };
    private static readonly Target Kitchen = Target.Entity("light.kitchen");

    public async Task<Measurement> RunAsync(Work work, Uri address)
    {
        await using var hass = new HassSocketClient(new HassSocketOptions
        {
            WebSocketUrl = address.ToString(),
            Token = "t",
            SocketWarnRequestsPerSec = double.PositiveInfinity,
            SocketCrashRequestsPerSec = double.PositiveInfinity,
        });
        await hass.StartAsync();
        return work.Kind switch
        {
            WorkKind.Calls => await CallAsync(hass, work),
            WorkKind.CallsInFlight => await CallManyAsync(hass, work),
            WorkKind.States => await GetStatesAsync(hass, work),
            WorkKind.Entities => await FillAsync(hass, work),
            WorkKind.Differences => await SdkHearing.OfDifferencesAsync(hass, work),
            WorkKind.RawEvents => await SdkHearing.OfRawEventsAsync(hass, work),
            WorkKind.Subscriptions => await SdkHearing.OfManyAsync(hass, work),
            WorkKind.Idle => await Idle.MeasureAsync(),
            _ => await SdkHearing.OfEventsAsync(hass, work),
        };
    }

    private static async Task<Measurement> CallAsync(HassSocketClient hass, Work work)
    {
        var took = new List<double>(work.Repeats);
        var watches = new Stopwatches();
        for (var call = 0; call < work.Repeats; call++)
        {
            var start = Stopwatch.GetTimestamp();
            await CallAsync(hass);
            took.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        return watches.Stop(default, microseconds: took) with { Count = took.Count };
    }

    private static async Task<Measurement> CallManyAsync(HassSocketClient hass, Work work)
    {
        var watches = new Stopwatches();
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => CallSomeAsync(hass, work.Repeats / InFlight)));
        return watches.Stop(default) with { Count = work.Repeats / InFlight * InFlight };
    }

    private static async Task CallSomeAsync(HassSocketClient hass, int calls)
    {
        for (var call = 0; call < calls; call++) await CallAsync(hass);
    }

    private static Task<ServiceCallResult> CallAsync(HassSocketClient hass) =>
        hass.SendMessageAsync(new CallServiceCommand("light", "turn_on") { Data = Data, Target = Kitchen });

    private static async Task<Measurement> GetStatesAsync(HassSocketClient hass, Work work)
    {
        var heard = new LoadHash();
        var watches = new Stopwatches();
        for (var i = 0; i < work.Repeats; i++)
        {
            foreach (var state in await hass.GetStatesAsync()) heard.Add(state.EntityId, state.State);
        }

        return watches.Stop(heard);
    }

    private static async Task<Measurement> FillAsync(HassSocketClient hass, Work work)
    {
        var filled = new List<IReadOnlyList<EntityState>>();
        var watches = new Stopwatches();
        for (var i = 0; i < work.Repeats; i++)
        {
            using var entities = hass.Entities.Only(new EntityFilter());
            await entities.ReadyAsync();
            filled.Add(entities.All());
        }

        // A cache has no order; the server's is that of the ids.
        var measured = watches.Stop(default);
        var heard = new LoadHash();
        foreach (var state in filled.SelectMany(states => states.OrderBy(state => state.EntityId, StringComparer.Ordinal))) heard.Add(state.EntityId, state.State);
        return measured with { Count = heard.Count, Hash = heard.Value };
    }
}

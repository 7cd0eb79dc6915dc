using System.Text.Json.Nodes;
using HassSocket.Benchmarks.Load;

namespace HassSocket.Benchmarks.Contenders;

/// <summary>This SDK, used as its users would.</summary>
internal sealed class Sdk : IContender
{
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
            WorkKind.Calls => await Calling.OneByOneAsync(work, () => CallAsync(hass)),
            WorkKind.CallsInFlight => await Calling.ManyAtOnceAsync(work, () => CallAsync(hass)),
            WorkKind.States => await GetStatesAsync(hass, work),
            WorkKind.Entities or WorkKind.EveryEntity => await FillAsync(hass, work),
            WorkKind.Differences => await SdkHearing.OfDifferencesAsync(hass, work),
            WorkKind.RawEvents => await SdkHearing.OfRawEventsAsync(hass, work),
            WorkKind.Subscriptions => await SdkHearing.OfManyAsync(hass, work),
            WorkKind.Idle => await Idle.MeasureAsync(),
            _ => await SdkHearing.OfEventsAsync(hass, work),
        };
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
        var heard = new LoadHash();
        var watches = new Stopwatches();
        for (var i = 0; i < work.Repeats; i++)
        {
            using var entities = hass.Entities.Only(new EntityFilter());
            await entities.ReadyAsync();
            var looked = work.Kind == WorkKind.EveryEntity ? entities.All() : null;
            // A cache has no order; the server's is that of the ids. Proved between the measures, so that no whole is kept for it.
            watches.Pause();
            foreach (var state in (looked ?? entities.All()).OrderBy(state => state.EntityId, StringComparer.Ordinal)) heard.Add(state.EntityId, state.State);
            watches.Resume();
        }

        return watches.Stop(heard);
    }
}

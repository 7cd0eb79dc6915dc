using HassSocket.Benchmarks.Load;

namespace HassSocket.Benchmarks.Contenders;

/// <summary>The live streams of the SDK under load.</summary>
internal static class SdkHearing
{
    public static async Task<Measurement> OfEventsAsync(HassSocketClient hass, Work work)
    {
        var hearer = new Hearer<HassEvent>(work.Plan.Stray ? 1 : work.Plan.Events, Read);
        var stream = hass.OnEvent("state_changed").With(OptionsFor(work));
        var watches = new Stopwatches();
        using var consumer = stream.Subscribe(hearer);
        await hearer.All;
        return watches.Stop(hearer.Heard, stream.Status.Dropped);
    }

    public static async Task<Measurement> OfDifferencesAsync(HassSocketClient hass, Work work)
    {
        var hearer = new Hearer<EntitiesChange>(work.Plan.Events + work.Plan.Entities, Read);
        var stream = hass.SubscribeEntities().With(OptionsFor(work));
        using var consumer = stream.Subscribe(hearer);
        var watches = await hearer.First;
        await hearer.All;
        return watches.Stop(hearer.Heard, stream.Status.Dropped);
    }

    public static async Task<Measurement> OfManyAsync(HassSocketClient hass, Work work)
    {
        // Ten of them hear all; each has a consumer of its own, so the order between them is not told.
        var (all, heard) = (new TaskCompletionSource(), 0);
        var streams = Enumerable.Range(0, work.Plan.Subscriptions)
            .Select(i => hass.OnEvent($"scale_{i}").With(OptionsFor(work))).ToList();
        var hearers = streams.ConvertAll(_ => new Hearer<HassEvent>(int.MaxValue, (HassEvent _, ref LoadHash _) =>
        {
            if (Interlocked.Increment(ref heard) == work.Plan.Events) all.TrySetResult();
        }));
        var consumers = streams.Zip(hearers, (stream, hearer) => stream.Subscribe(hearer)).ToList();
        var watches = await hearers[0].First;
        await all.Task;
        var measured = watches.Stop(default, streams.Sum(stream => stream.Status.Dropped)) with { Count = heard };
        foreach (var consumer in consumers) consumer.Dispose();
        return measured;
    }

    private static StreamOptions OptionsFor(Work work) =>
        new() { Policy = work.IsLossless ? OverflowPolicy.Lossless : OverflowPolicy.DropOldest };

    private static void Read(HassEvent change, ref LoadHash heard)
    {
        var data = change.Data();
        heard.Add(data.GetProperty("entity_id").GetString(), data.GetProperty("new_state").GetProperty("state").GetString());
    }

    private static void Read(EntitiesChange change, ref LoadHash heard)
    {
        foreach (var state in change.Added) heard.Add(state.EntityId, state.State);
        foreach (var difference in change.Changed) heard.Add(difference.EntityId, difference.State);
    }
}

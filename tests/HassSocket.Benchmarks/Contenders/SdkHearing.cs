using System.Text.Json;
using HassSocket.Benchmarks.Load;

namespace HassSocket.Benchmarks.Contenders;

/// <summary>The live streams of the SDK under load.</summary>
internal static class SdkHearing
{
    public static async Task<Measurement> OfRawEventsAsync(HassSocketClient hass, Work work)
    {
        var hearer = new Hearer<RawEvent>(work.Plan.Events, Read);
        var stream = hass.OnRawEvent("state_changed").With(OptionsFor(work));
        var watches = new Stopwatches();
        await using var consumer = stream.SubscribeAsync((raw, _) =>
        {
            hearer.OnNext(raw);
            return Task.CompletedTask;
        });
        await hearer.All;
        return watches.Stop(hearer.Heard, stream.Status.Dropped);
    }

    public static async Task<Measurement> OfEventsAsync(HassSocketClient hass, Work work)
    {
        var hearer = new Hearer<StateChange>(work.Plan.Stray ? 1 : work.Plan.Events, Read);
        var stream = hass.OnStateChange().With(OptionsFor(work));
        var watches = new Stopwatches();
        using var consumer = stream.Subscribe(hearer);
        await hearer.All;
        return watches.Stop(hearer.Heard, stream.Status.Dropped);
    }

    public static async Task<Measurement> OfDifferencesAsync(HassSocketClient hass, Work work)
    {
        // First comes the whole, in no order; the server's is that of the ids. Then come the differences.
        var whole = new List<EntityChange>();
        var hearer = new Hearer<EntityChange>(work.Plan.Events + work.Plan.Entities, (EntityChange change, ref LoadHash heard) =>
        {
            if (whole.Count == work.Plan.Entities) heard.Add(change.EntityId, change.New?.State);
            else whole.Add(change);
            if (heard.Count > 0 || whole.Count < work.Plan.Entities) return;
            foreach (var one in whole.OrderBy(one => one.EntityId, StringComparer.Ordinal)) heard.Add(one.EntityId, one.New?.State);
        });
        var stream = hass.Entities.Changes.With(OptionsFor(work));
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
        var hearers = streams.ConvertAll(_ => new Hearer<HassEvent>(int.MaxValue, (HassEvent _, ref LoadHash own) =>
        {
            own.Add("", "");
            if (Interlocked.Increment(ref heard) == work.Plan.Events) all.TrySetResult();
        }));
        var consumers = streams.Zip(hearers).SkipLast(1).Select(pair => pair.First.Subscribe(pair.Second)).ToList();
        // What an event costs, and not how the collector gets to know ten thousand new subscriptions: that is done before the last one
        // is there, with which the events begin.
        foreach (var stream in streams.SkipLast(1)) await UntilActiveAsync(stream);
        for (var generation = 0; generation <= GC.MaxGeneration; generation++) GC.Collect();
        consumers.Add(streams[^1].Subscribe(hearers[^1]));
        var watches = await hearers[0].First;
        await all.Task;
        var measured = watches.Stop(default, streams.Sum(stream => stream.Status.Dropped)) with { Count = heard };
        foreach (var consumer in consumers) consumer.Dispose();
        return measured;
    }

    private static async Task UntilActiveAsync(LiveStream<HassEvent> stream)
    {
        var active = new Hearer<SubscriptionStatus>(1, (SubscriptionStatus status, ref LoadHash heard) =>
        {
            if (status.State == SubscriptionState.Active) heard.Add("", "");
        });
        using var watch = stream.StatusChanges.Subscribe(active);
        await active.All;
    }

    private static StreamOptions OptionsFor(Work work) =>
        new() { Policy = work.IsLossless ? OverflowPolicy.Lossless : OverflowPolicy.DropOldest };

    private static void Read(StateChange change, ref LoadHash heard) => heard.Add(change.EntityId, change.State);

    private static void Read(RawEvent raw, ref LoadHash heard)
    {
        var reader = new Utf8JsonReader(raw.Bytes.Span);
        reader.Read();
        MinimalReading.Event(ref reader, ref heard);
    }
}

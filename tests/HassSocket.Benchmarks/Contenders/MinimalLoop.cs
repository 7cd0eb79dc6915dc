using System.Diagnostics;
using HassSocket.Benchmarks.Load;

namespace HassSocket.Benchmarks.Contenders;

/// <summary>The minimal hand-written loop that all targets are ratios to.</summary>
internal sealed class MinimalLoop : IContender
{
    private const int InFlight = 64;

    public async Task<Measurement> RunAsync(Work work, Uri address)
    {
        using var socket = new MinimalSocket();
        await socket.ConnectAsync(address);
        if (work.Plan.Batch > 1 || work.Kind == WorkKind.CallsInFlight)
        {
            await socket.CoalesceAsync(1);
            _ = await socket.ReceiveAsync();
        }

        return work.Kind switch
        {
            WorkKind.Calls => await CallAsync(socket, work),
            WorkKind.CallsInFlight => await CallManyAsync(socket, work),
            WorkKind.States => await ScanAsync(socket, work, isSubscription: false),
            WorkKind.Entities => await ScanAsync(socket, work, isSubscription: true),
            WorkKind.Idle => await Idle.MeasureAsync(),
            _ => await HearAsync(socket, work),
        };
    }

    private static async Task<Measurement> HearAsync(MinimalSocket socket, Work work)
    {
        var heard = new LoadHash();
        var isDifference = work.Kind == WorkKind.Differences;
        var wanted = work.Plan.Events + (isDifference ? work.Plan.Entities : 0);
        var watches = new Stopwatches();
        if (isDifference) await socket.SendAsync(2, "subscribe_entities"u8);
        else await socket.SubscribeEventsAsync(2);
        while (isDifference && heard.Count == 0) MinimalReading.Events((await socket.ReceiveAsync()).Span, ref heard);
        if (isDifference) watches = new Stopwatches();
        while (heard.Count < wanted) MinimalReading.Events((await socket.ReceiveAsync()).Span, ref heard);
        return watches.Stop(heard);
    }

    private static async Task<Measurement> CallAsync(MinimalSocket socket, Work work)
    {
        var took = new List<double>(work.Repeats);
        var answers = 0;
        var watches = new Stopwatches();
        for (var call = 0; call < work.Repeats; call++)
        {
            var start = Stopwatch.GetTimestamp();
            await socket.CallServiceAsync(call + 2);
            answers += MinimalReading.Answers((await socket.ReceiveAsync()).Span);
            took.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        return watches.Stop(default, microseconds: took) with { Count = answers };
    }

    private static async Task<Measurement> CallManyAsync(MinimalSocket socket, Work work)
    {
        var (sent, answers) = (0, 0);
        var watches = new Stopwatches();
        while (answers < work.Repeats)
        {
            for (; sent < work.Repeats && sent < answers + InFlight; sent++) await socket.CallServiceAsync(sent + 2);
            answers += MinimalReading.Answers((await socket.ReceiveAsync()).Span);
        }

        return watches.Stop(default) with { Count = answers };
    }

    private static async Task<Measurement> ScanAsync(MinimalSocket socket, Work work, bool isSubscription)
    {
        var entities = 0;
        var watches = new Stopwatches();
        for (var i = 0; i < work.Repeats; i++)
        {
            if (isSubscription)
            {
                await socket.SendAsync(i + 2, "subscribe_entities"u8);
                _ = await socket.ReceiveAsync();
                entities += MinimalReading.Scan((await socket.ReceiveAsync()).Span, depth: 3);
            }
            else
            {
                await socket.SendAsync(i + 2, "get_states"u8);
                entities += MinimalReading.Scan((await socket.ReceiveAsync()).Span, depth: 2);
            }
        }

        return watches.Stop(default) with { Count = entities };
    }
}

using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using HassSocket.Benchmarks.Load;
using HassSocket.Trpc;

namespace HassSocket.Benchmarks.Contenders;

/// <summary>Our tRPC client, used as its users would.</summary>
internal sealed partial class TrpcSdk : IContender
{
    private const int InFlight = 64;
    private static readonly TrpcRequest TurnOn = new TrpcRequest("light.turnOn").WithInput(new Wish("light.kitchen", 40), Models.Default.Wish);

    public async Task<Measurement> RunAsync(Work work, Uri address)
    {
        await using var client = new TrpcClient(new TrpcClientOptions
        {
            Url = address.ToString(),
            SocketWarnRequestsPerSec = double.PositiveInfinity,
            SocketCrashRequestsPerSec = double.PositiveInfinity,
        });
        await client.StartAsync();
        return work.Kind switch
        {
            WorkKind.Calls => await CallAsync(client, work),
            WorkKind.CallsInFlight => await CallManyAsync(client, work),
            _ => await HearAsync(client, work),
        };
    }

    private static async Task<Measurement> HearAsync(TrpcClient client, Work work)
    {
        var hearer = new Hearer<Item>(work.Plan.Events, (Item item, ref LoadHash heard) => heard.Add(item.EntityId, item.State));
        var stream = client.Subscribe(new TrpcRequest("entities.subscribe"), Models.Default.Item).With(new StreamOptions { Policy = OverflowPolicy.Lossless });
        var watches = new Stopwatches();
        using var consumer = stream.Subscribe(hearer);
        await hearer.All;
        return watches.Stop(hearer.Heard, stream.Status.Dropped);
    }

    private static async Task<Measurement> CallAsync(TrpcClient client, Work work)
    {
        var took = new List<double>(work.Repeats);
        var watches = new Stopwatches();
        for (var call = 0; call < work.Repeats; call++)
        {
            var start = Stopwatch.GetTimestamp();
            await client.MutateAsync(TurnOn, Models.Default.Item);
            took.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        return watches.Stop(default, microseconds: took) with { Count = took.Count };
    }

    private static async Task<Measurement> CallManyAsync(TrpcClient client, Work work)
    {
        var watches = new Stopwatches();
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => CallSomeAsync(client, work.Repeats / InFlight)));
        return watches.Stop(default) with { Count = work.Repeats / InFlight * InFlight };
    }

    private static async Task CallSomeAsync(TrpcClient client, int calls)
    {
        for (var call = 0; call < calls; call++) await client.MutateAsync(TurnOn, Models.Default.Item);
    }

    internal sealed record Wish(string EntityId, int Brightness);

    internal sealed record Attributes(string? FriendlyName, string? Unit, string? DeviceClass);

    internal sealed record Item(string EntityId, string State, Attributes? Attributes, DateTimeOffset LastChanged, bool Available);

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(Wish))]
    [JsonSerializable(typeof(Item))]
    internal sealed partial class Models : JsonSerializerContext;
}

using System.Text.Json;
using System.Text.Json.Serialization;
using HassSocket.Benchmarks.Load;
using HassSocket.Trpc;

namespace HassSocket.Benchmarks.Contenders;

/// <summary>Our tRPC client, used as its users would.</summary>
internal sealed partial class TrpcSdk : IContender
{
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
            WorkKind.Calls => await Calling.OneByOneAsync(work, () => client.MutateAsync(TurnOn, Models.Default.Item)),
            WorkKind.CallsInFlight => await Calling.ManyAtOnceAsync(work, () => client.MutateAsync(TurnOn, Models.Default.Item)),
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

    internal sealed record Wish(string EntityId, int Brightness);

    internal sealed record Attributes(string? FriendlyName, string? Unit, string? DeviceClass);

    internal sealed record Item(string EntityId, string State, Attributes? Attributes, DateTimeOffset LastChanged, bool Available);

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(Wish))]
    [JsonSerializable(typeof(Item))]
    internal sealed partial class Models : JsonSerializerContext;
}

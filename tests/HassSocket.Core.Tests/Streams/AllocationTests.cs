using System.Text;
using HassSocket.Core.Tests.Support;
using HassSocket.Testing;
using Xunit;

namespace HassSocket.Core.Tests.Streams;

[Collection(Alone.Name)]
public sealed class AllocationTests
{
    private const int Items = 20_000;
    private const int MostBytesAnItem = 400;
    private static readonly byte[] Message = Encoding.UTF8.GetBytes("1 + hello");

    [Fact]
    public async Task An_item_for_one_observer_costs_little_memory()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var arrived = new SemaphoreSlim(0);
        var heard = 0;
        using var consumer = fixture.Connection.Subscribe(new LengthSource("news")).Subscribe(new Watcher<int>(_ =>
        {
            if (++heard % Items == 0) arrived.Release();
        }));
        server.Answer(await server.ReadAsync());

        _ = await MeasureAsync(server, () => arrived.WaitAsync(ConnectionFixture.Guard));
        var delivered = await MeasureAsync(server, () => arrived.WaitAsync(ConnectionFixture.Guard));
        fixture.Connection.PauseMessages = true;
        // What the memory transport and the test's dialect cost is the same in a pause, when nothing is delivered.
        var missed = await MeasureAsync(server, () => TakenAsync(fixture, server));

        Assert.InRange((delivered - missed) / Items, 1, MostBytesAnItem);
    }

    private static async Task<long> MeasureAsync(MemoryConnection server, Func<Task> whenTaken)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < Items; i++) server.Send(Message);
        await whenTaken();
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private static async Task TakenAsync(ConnectionFixture fixture, MemoryConnection server)
    {
        var fence = fixture.Connection.Subscribe(new TextSource("fence"));
        using var consumer = fence.Subscribe(new Inbox<string>());
        server.Answer(await server.ReadAsync());
        await fence.UntilAsync(SubscriptionState.Active);
    }
}

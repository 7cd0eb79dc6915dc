using System.Buffers;
using System.Text;
using HassSocket.Dialect;
using HassSocket.Streams;
using Xunit;

namespace HassSocket.Tests.Model;

/// <summary>What an event costs between the frame and the consumer: budgets that do not depend on the machine.</summary>
public sealed class StateChangeCostTests
{
    private const int Rounds = 1_000;
    private const int EventBytes = 1_060;
    private static readonly HassSubscriptionSource<StateChange> Source = new(new StateChangedSubscription());

    [Fact]
    public void A_typed_event_of_a_message_of_1100_bytes_costs_at_most_1300_bytes()
    {
        var mailbox = new Mailbox(new StreamOptions(), Source);
        var payload = new ReadOnlySequence<byte>(Event());
        Assert.Equal("sensor.attic is 21.5", Deliver().ToString());
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < Rounds; i++) Deliver();

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Rounds, EventBytes, 1_300);

        StateChange Deliver()
        {
            mailbox.Post(new OwnedItem(payload.ToArray(), isFirst: false));
            return mailbox.TryTake(out var item) && item.TryRead(Source, out var change, out _, out _) ? change! : throw new InvalidOperationException();
        }
    }

    [Fact]
    public void Consumers_that_read_alike_share_what_was_read()
    {
        var item = new OwnedItem(Event(), isFirst: false);
        var alike = new HassSubscriptionSource<StateChange>(new StateChangedSubscription());
        var other = new HassSubscriptionSource<HassEvent>(new EventSubscription("state_changed"));

        Assert.True(item.TryRead(Source, out var first, out _, out var isNews) && isNews);
        Assert.True(item.TryRead(alike, out var second, out _, out isNews) && !isNews);
        Assert.True(item.TryRead(other, out var third, out _, out isNews) && isNews);

        Assert.Same(first, second);
        Assert.Equal("state_changed", third!.EventType);
    }

    private static byte[] Event()
    {
        const string State = """{"entity_id":"sensor.attic","state":"21.5","attributes":{"friendly_name":"Attic"},"last_changed":"2026-11-23T01:50:43.836123+00:00"}""";
        var json = $$$"""{"event_type":"state_changed","data":{"entity_id":"sensor.attic","old_state":{{{State}}},"new_state":{{{State}}}},"origin":"LOCAL","more":""}""";
        return Encoding.UTF8.GetBytes(json.Replace("\"more\":\"\"", $"\"more\":\"{new string('x', EventBytes - json.Length)}\"", StringComparison.Ordinal));
    }
}

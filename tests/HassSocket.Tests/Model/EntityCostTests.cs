using System.Buffers;
using System.Text;
using Xunit;

namespace HassSocket.Tests.Model;

/// <summary>What a state costs: memory is budgeted, and does not depend on how many entities there are.</summary>
public sealed class EntityCostTests
{
    private const int Rounds = 2_000;

    [Theory]
    [InlineData(10)]
    [InlineData(10_000)]
    public void Change_of_a_state_costs_little_memory_in_a_house_of_any_size(int entities)
    {
        var fold = new EntityFold();
        fold.Fold(Base(entities), isBase: true);
        var change = Item("""{"c":{"sensor.number_7":{"+":{"s":"21.5","lc":1795398643.859527,"c":"01M831JC4J2CR2J81QKN75C5V7"}}}}""");
        fold.Fold(change, isBase: false);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++) fold.Fold(change, isBase: false);

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Rounds, 1, 320);
        Assert.Equal("21.5", fold.Table.Find("sensor.number_7")?.State);
    }

    [Fact]
    public void First_states_cost_at_most_twice_and_a_half_their_bytes_and_the_second_look_at_one_nothing()
    {
        var bytes = Base(10_000);
        new EntityFold().Fold(bytes, isBase: true);
        var fold = new EntityFold();

        var before = GC.GetAllocatedBytesForCurrentThread();
        fold.Fold(bytes, isBase: true);
        var filled = GC.GetAllocatedBytesForCurrentThread() - before;
        _ = fold.Table.Find("sensor.number_9999");
        before = GC.GetAllocatedBytesForCurrentThread();
        var found = fold.Table.Find("sensor.number_9999");

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal("20", found?.State);
        Assert.InRange(filled / (double)bytes.Length, 1, 2.5);
    }

    private static ReadOnlySequence<byte> Base(int entities)
    {
        var json = new StringBuilder("""{"a":{""");
        for (var i = 0; i < entities; i++)
        {
            var attributes = $$"""{"unit_of_measurement":"°C","device_class":"temperature","state_class":"measurement","friendly_name":"A sensor with the number {{i}}"}""";
            json.Append(i == 0 ? "" : ",");
            json.Append($$"""sensor.number_{{i}}":{"s":"20","a":{{attributes}},"c":"01M831CY5TFYSGFRE8CSDGYWPT","lc":1795398465.7227159}""".Insert(0, "\""));
        }

        return Item(json.Append("}}").ToString());
    }

    private static ReadOnlySequence<byte> Item(string json) => new(Encoding.UTF8.GetBytes(json));
}

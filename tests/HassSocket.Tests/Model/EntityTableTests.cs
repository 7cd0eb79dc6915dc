using Xunit;

namespace HassSocket.Tests.Model;

public sealed class EntityTableTests
{
    [Fact]
    public void Domain_that_is_asked_for_while_entities_come_and_go_has_each_of_them_once()
    {
        for (var round = 0; round < 300; round++)
        {
            var table = new EntityTable();
            Parallel.Invoke(() => ComeAndGo(table), () => table.OfDomain("light"));

            Assert.Equal(table.All().Select(state => state.EntityId).Order(), table.OfDomain("light").Select(state => state.EntityId).Order());
            Assert.Equal(20, table.Count);
        }
    }

    [Fact]
    public void Entity_of_an_unusual_name_has_a_domain_too()
    {
        var table = new EntityTable();
        foreach (var id in new[] { "", ".", "nothing", "light.", "light.küche" }) table.Set(new EntityState { EntityId = id });

        Assert.Equal(["light.", "light.küche"], table.OfDomain("light").Select(state => state.EntityId).Order(StringComparer.Ordinal));
        Assert.Equal(["", ".", "nothing"], table.OfDomain("").Select(state => state.EntityId).Order(StringComparer.Ordinal));
    }

    private static void ComeAndGo(EntityTable table)
    {
        for (var i = 0; i < 40; i++)
        {
            table.Set(new EntityState { EntityId = $"light.number_{i}" });
            if (i % 2 == 1) table.Remove($"light.number_{i / 2}");
        }
    }
}

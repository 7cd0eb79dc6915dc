using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Simulator;

public sealed class LoadTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly HomeAssistantSimulator _house;

    public LoadTests() => _house = new HomeAssistantSimulator(new() { TimeProvider = _time, StartsEmpty = true });

    [Fact]
    public void Entities_change_in_turn_as_often_as_the_profile_says()
    {
        using var load = _house.StartLoad(new LoadProfile { Entities = 3, ChangesPerSecond = 7 });
        Assert.Equal(["0", "0", "0"], _house.States.Select(state => state.State));

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(14, load.Changes);
        Assert.Equal(["13", "14", "12"], _house.States.Select(state => state.State));
    }

    [Fact]
    public async Task Events_come_in_order_step_by_step()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.AskAsync("""{"id":1,"type":"subscribe_events","event_type":"busy"}""");
        using var load = _house.StartLoad(new LoadProfile { Entities = 1, ChangesPerSecond = 0, EventsPerSecond = 20, EventType = "busy" });

        _time.Advance(TimeSpan.FromSeconds(1));

        for (var number = 0; number < 20; number++) Assert.Equal(number, (int)(await client.ReadJsonAsync())["event"]!["data"]!["number"]!);
        Assert.Equal((20, 0), (load.Events, load.Changes));
    }

    [Fact]
    public void Load_ends_and_its_entities_stay()
    {
        var load = _house.StartLoad(new LoadProfile { Entities = 2 });
        _time.Advance(TimeSpan.FromSeconds(1));
        load.Dispose();
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(100, load.Changes);
        Assert.Equal(2, _house.States.Count);
    }

    [Theory]
    [InlineData(0, 1, 1, 1, "Entities is 0; a load profile needs at least 1.")]
    [InlineData(1, -1, 1, 1, "ChangesPerSecond is -1; a load profile needs 0 or more.")]
    [InlineData(1, 1, double.NaN, 1, "EventsPerSecond is NaN; a load profile needs 0 or more.")]
    [InlineData(1, 1, 1, 0, "Step is 00:00:00; a load profile needs longer than no time.")]
    public void Profile_that_makes_no_sense_is_refused(int entities, double changes, double events, double step, string message)
    {
        var profile = new LoadProfile { Entities = entities, ChangesPerSecond = changes, EventsPerSecond = events, Step = TimeSpan.FromSeconds(step) };
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => _house.StartLoad(profile)).Message);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();
}

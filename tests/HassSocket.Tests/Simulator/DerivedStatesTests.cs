using HassSocket.Testing;
using Xunit;

namespace HassSocket.Tests.Simulator;

public sealed class DerivedStatesTests : IAsyncLifetime
{
    private readonly HomeAssistantSimulator _house = new();

    [Fact]
    public void Group_is_on_while_one_of_its_members_is()
    {
        _house.SetState("light.bed_light", "off");
        _house.SetState("light.ceiling_lights", "on");
        var whileOneIsOn = _house.GetState("group.downstairs")!.State;
        var last = _house.SetState("light.ceiling_lights", "off");

        Assert.Equal(("on", "off"), (whileOneIsOn, _house.GetState("group.downstairs")!.State));
        Assert.Equal(last.Context, _house.GetState("group.downstairs")!.Context);
    }

    [Fact]
    public void Template_sensor_follows_its_number()
    {
        _house.SetState("input_number.level", "21.0");

        Assert.Equal("42.0", _house.GetState("sensor.level_doubled")!.State);
    }

    [Fact]
    public void Nobody_follows_in_a_house_without_followers()
    {
        _house.RemoveEntity("sensor.level_doubled");
        _house.SetState("input_number.level", "21.0");

        Assert.Null(_house.GetState("sensor.level_doubled"));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();
}

using System.Net;
using HassSocket.Testing;
using Xunit;

namespace HassSocket.Tests.Docs;

/// <summary>The code of docs/testing.md, and of docs/commands.md where a simulated house can run it.</summary>
public sealed class TestingSnippets
{
    [Fact]
    public async Task A_house_in_three_lines_acts_and_fails_as_the_page_says()
    {
        // <snippet:three-lines>
        await using var house = new HomeAssistantSimulator();
        await using var hass = new HassSocketClient(new HassSocketOptions { BaseUrl = house.BaseUrl.ToString(), Token = house.Token }, transportFactory: house.Transports);
        await hass.StartAsync();
        // </snippet:three-lines>

        Assert.Equal(180, house.States.Count);
        // <snippet:effect>
        await hass.CallServiceAsync("light", "turn_on", Target.Entity("light.bed_light"));

        Assert.Equal("on", house.GetState("light.bed_light")!.State);
        // </snippet:effect>
        // <snippet:sent>
        await house.WaitForCommandAsync("call_service");
        var call = house.Sent.Of("call_service").ExpectOne();

        Assert.Equal("turn_on", call.Message.GetProperty("service").GetString());
        house.Sent.On(connection: 1).ExpectInOrder("auth", "supported_features", "call_service");
        house.Sent.Of("fire_event").Expect(0);
        // </snippet:sent>
        await CommandsSnippets.ResponseAsync(hass);
        await CommandsSnippets.CatchAsync(hass);
        // <snippet:faults>
        house.Faults.DropAll();
        await house.WaitForMessageAsync(message => message.Connection == 2);
        // </snippet:faults>
    }

    [Fact]
    public async Task Somebody_who_logged_in_is_let_in()
    {
        await using var house = new HomeAssistantSimulator();
        // <snippet:login>
        var login = house.LogIn(house.Guest);
        // </snippet:login>
        var options = new HassSocketOptions { BaseUrl = house.BaseUrl.ToString(), Token = login.AccessToken };
        await using var hass = new HassSocketClient(options, transportFactory: house.Transports);
        await hass.StartAsync();

        Assert.Equal(house.Guest, house.Connections[0].User);
    }

    [Fact]
    public async Task A_line_that_fails_costs_the_connection_as_the_page_says()
    {
        await using var house = new HomeAssistantSimulator();
        // <snippet:proxy>
        await house.ListenAsync();
        await using var proxy = new FaultProxy(house.BaseUrl);
        await using var hass = await HassSocketClient.ConnectAsync(proxy.Address.ToString(), house.Token);

        proxy.AnswerNext(DialAnswer.Status(HttpStatusCode.BadGateway), DialAnswer.HangUp);
        proxy.ResetAll();
        // </snippet:proxy>
        var states = new Inbox<ConnectionStateChange>();
        using var watch = hass.StateChanges.Subscribe(states);

        Assert.Equal(EndReason.ConnectionLost, (await states.NextAsync(change => change.Current == ConnectionState.Backoff)).Reason);
    }

    [Fact]
    public async Task A_script_and_a_load_run_beside_a_client()
    {
        await using var house = new HomeAssistantSimulator();
        // <snippet:load>
        using var load = house.StartLoad(new LoadProfile { Entities = 500, ChangesPerSecond = 200, EventsPerSecond = 50 });
        // </snippet:load>
        // <snippet:script>
        var played = house.Faults.Play(new FaultScript()
            .OnCommand("get_config", connection => connection.Drop())
            .OnLogin(connection => connection.HoldsServerMessages = true)
            .After(TimeSpan.FromMilliseconds(50), connection => connection.Reset()));
        // </snippet:script>
        var options = new HassSocketOptions { BaseUrl = house.BaseUrl.ToString(), Token = house.Token };
        await using var hass = new HassSocketClient(options, transportFactory: house.Transports);
        await hass.StartAsync();

        await Assert.ThrowsAsync<ConnectionLostException>(() => hass.GetConfigAsync());
        await played.WaitAsync(TimeSpan.FromSeconds(20));
        await house.WaitForMessageAsync(message => message.Connection == 3);
        Assert.Equal(680, (await hass.GetStatesAsync()).Count);
    }

    [Fact]
    public async Task A_house_with_a_clock_of_its_own_starts_without_time_passing()
    {
        // <snippet:clock>
        var clock = new ManualTimeProvider();
        await using var house = new HomeAssistantSimulator(new HomeAssistantSimulatorOptions { TimeProvider = clock });
        var options = new HassSocketOptions { BaseUrl = house.BaseUrl.ToString(), Token = house.Token };
        await using var hass = new HassSocketClient(options, timeProvider: clock, transportFactory: house.Transports);
        // </snippet:clock>
        await hass.StartAsync().WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(ConnectionState.Ready, hass.State);
    }
}

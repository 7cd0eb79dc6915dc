using System.Reactive.Linq;
using HassSocket.Testing;
using Xunit;

namespace HassSocket.Tests.Client;

/// <summary>What the pages say about observers that throw: ours go on, chains of Rx end.</summary>
public sealed class ThrowingObserverTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task An_observer_without_operators_goes_on_and_a_chain_ends_at_its_first_exception()
    {
        await using var house = new HomeAssistantSimulator();
        await using var hass = new HassSocketClient(new HassSocketOptions { BaseUrl = house.BaseUrl.ToString(), Token = house.Token }, transportFactory: house.Transports);
        await hass.StartAsync().WaitAsync(Guard);
        var (direct, chained) = (0, 0);
        var end = new TaskCompletionSource();
        using var plain = hass.OnEvent("knock").Subscribe(_ =>
        {
            if (++direct == 3) end.TrySetResult();
            throw new InvalidOperationException("a handler that fails");
        });
        var chain = new TaskCompletionSource();
        using var operators = hass.OnEvent("knock").Where(_ => true).Subscribe(_ =>
        {
            chained++;
            chain.TrySetResult();
            throw new InvalidOperationException("a chain that fails");
        });
        await house.WaitForCommandAsync("subscribe_events");
        await hass.PingAsync().WaitAsync(Guard);

        house.FireEvent("knock");
        await chain.Task.WaitAsync(Guard);
        house.FireEvent("knock");
        house.FireEvent("knock");
        await end.Task.WaitAsync(Guard);

        Assert.Equal((3, 1), (direct, chained));
    }

    [Fact]
    public async Task OnConnect_goes_on_for_an_observer_that_throws()
    {
        await using var house = new HomeAssistantSimulator();
        await using var hass = new HassSocketClient(new HassSocketOptions { BaseUrl = house.BaseUrl.ToString(), Token = house.Token }, transportFactory: house.Transports);
        var second = new TaskCompletionSource();
        using var connects = hass.OnConnect.Subscribe(connection =>
        {
            if (connection.Number == 2) second.TrySetResult();
            throw new InvalidOperationException("a handler that fails");
        });
        await hass.StartAsync().WaitAsync(Guard);

        await hass.StopAsync().WaitAsync(Guard);
        await hass.StartAsync().WaitAsync(Guard);

        await second.Task.WaitAsync(Guard);
    }
}

using HassSocket.Testing;
using Xunit;

namespace HassSocket.Tests.Simulator;

public sealed class ClientOnSimulatorTests
{
    [Fact]
    public async Task Client_connects_over_memory_and_over_a_socket()
    {
        await using var house = new HomeAssistantSimulator();
        await using (var memory = new HassSocketClient(new HassSocketOptions { BaseUrl = house.BaseUrl.ToString(), Token = house.Token }, transportFactory: house.Transports))
        {
            await memory.StartAsync().WaitAsync(TimeSpan.FromSeconds(10));
            Assert.Equal(180, (await memory.GetStatesAsync()).Count);
        }

        await house.ListenAsync();
        await using var client = await HassSocketClient.ConnectAsync(house.BaseUrl.ToString(), house.Token);
        Assert.Equal(180, (await client.GetStatesAsync()).Count);
        house.Faults.DropAll();
        await house.WaitForMessageAsync(message => message.Connection == 3);
        Assert.Equal(180, (await client.GetStatesAsync().WaitAsync(TimeSpan.FromSeconds(10))).Count);
    }
}

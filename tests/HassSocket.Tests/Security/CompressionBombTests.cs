using System.Text.Json.Nodes;
using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Security;

/// <summary>A small message that unpacks to a large one.</summary>
public sealed class CompressionBombTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task MaxMessageBytes_counts_what_is_unpacked(bool isCompressed)
    {
        var clock = new ManualTimeProvider();
        var house = new HomeAssistantSimulator(new HomeAssistantSimulatorOptions { TimeProvider = clock });
        await house.ListenAsync();
        house.OnCommand("fault/bomb", _ => Task.FromResult<JsonNode?>(new string('0', 3_000_000)));
        await using var home = new Home(clock, house, options => (options.Compression, options.MaxMessageBytes) = (isCompressed, 200_000), static _ => null);
        await home.StartAsync();

        var violation = await Assert.ThrowsAsync<ProtocolViolationException>(() => home.Client.SendMessageAsync("fault/bomb").WaitAsync(Home.Guard));

        Assert.Contains("it has 3,000,0", violation.Message, StringComparison.Ordinal);
        await home.RoundTripAsync();
        Assert.Single(house.Connections);
    }
}

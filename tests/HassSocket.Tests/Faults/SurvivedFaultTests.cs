using Xunit;

namespace HassSocket.Tests.Faults;

/// <summary>What goes wrong without costing the connection, and costs nothing else either.</summary>
public sealed class SurvivedFaultTests
{
    public static TheoryData<int, string> Faults => new(SurvivedFaults.All.Select((fault, index) => (index, fault.Name)));

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Connection_survives(int index, string name)
    {
        var fault = SurvivedFaults.All[index];
        Assert.Equal(fault.Name, name);
        await using var home = await FaultyHome.BuildAsync(options => options.MaxMessageBytes = FaultyHome.MaxMessageBytes);
        await home.ReadyAsync();

        await fault.ProveAsync(home);

        await home.HearAsync();
        Assert.Equal(1, home.Proxy.Dials);
        Assert.False(home.OnTheWire.IsCompleted);
        Assert.Equal(ConnectionState.Ready, home.Client.State);
    }
}

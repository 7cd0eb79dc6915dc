using HassSocket.Connections;
using HassSocket.Testing;
using Xunit;
using static HassSocket.ConnectionState;

namespace HassSocket.Core.Tests.Connections;

public sealed class ConnectionTransitionsTests
{
    private static readonly Dictionary<ConnectionState, ConnectionState[]> Legal = new()
    {
        [Stopped] = [Connecting, Idle, Stopped],
        [Idle] = [Connecting, Backoff, Stopped, Faulted],
        [Connecting] = [Authenticating, Backoff, Stopped, Faulted],
        [Authenticating] = [Restoring, Backoff, Stopped, Faulted],
        [Restoring] = [Ready, Backoff, Stopped, Faulted],
        [Ready] = [Backoff, Idle, Stopped, Faulted],
        [Backoff] = [Connecting, Idle, Stopped, Faulted],
        [Faulted] = [Connecting, Idle, Stopped],
    };

    public static TheoryData<ConnectionState, ConnectionState> AllArrows()
    {
        var arrows = new TheoryData<ConnectionState, ConnectionState>();
        foreach (var from in Enum.GetValues<ConnectionState>())
        {
            foreach (var to in Enum.GetValues<ConnectionState>()) arrows.Add(from, to);
        }

        return arrows;
    }

    [Theory]
    [MemberData(nameof(AllArrows))]
    public void An_arrow_is_taken_when_it_is_legal_and_refused_when_not(ConnectionState from, ConnectionState to)
    {
        if (Legal[from].Contains(to))
        {
            ConnectionTransitions.Check(from, to);
        }
        else
        {
            var refusal = Assert.Throws<InvalidOperationException>(() => ConnectionTransitions.Check(from, to));
            Assert.Contains($"from {from} to {to}", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_refused_step_changes_nothing()
    {
        var feed = new StateFeed(new ManualTimeProvider(), _ => { });

        Assert.Throws<InvalidOperationException>(() => feed.Move(Ready));

        Assert.Equal(Stopped, feed.Current);
    }
}

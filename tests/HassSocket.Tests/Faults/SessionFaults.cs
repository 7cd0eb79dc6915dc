namespace HassSocket.Tests.Faults;

/// <summary>Every way in which an open connection is lost.</summary>
internal static class SessionFaults
{
    private const string Broken = "the connection broke without a farewell";
    private const string Dead = "the line is dead: no sign of life from the server";
    private static readonly TimeSpan HeartbeatTime = TimeSpan.FromSeconds(45);

    public static IReadOnlyList<SessionFault> All { get; } =
    [
        new("the server's process dies (FIN)", EndReason.ConnectionLost, Broken, At(home => home.Proxy.FinishAll())),
        new("the connection is reset (RST)", EndReason.ConnectionLost, Broken, At(home => home.Proxy.ResetAll())),
        new("the connection ends in the middle of a message", EndReason.ConnectionLost, Broken, At(home =>
        {
            home.Proxy.ToClient.CutNext();
            home.House.FireEvent("fault_event");
        })),
        new("the server closes with code 1000", EndReason.ClosedByServer, "Home Assistant says 1000 for everything", home => home.Proxy.CloseAllAsync(1000)),
        new("a proxy closes with code 1001", EndReason.ClosedByServer, "is going away", home => home.Proxy.CloseAllAsync(1001)),
        new("the server closes with code 1009", EndReason.ClosedByServer, "A message of ours was too large", home => home.Proxy.CloseAllAsync(1009)),
        new("the server closes with code 1012", EndReason.ClosedByServer, "is restarting", home => home.Proxy.CloseAllAsync(1012)),
        new("a close frame with a code that must not be sent", EndReason.ConnectionLost, Broken, home => home.Proxy.CloseAllAsync(1005)),
        new("too much happens at once for a wide subscription", EndReason.ClosedByServer, "Probably more than 4,096 messages were waiting", OverflowAsync),
        new("a message that is not JSON", EndReason.ProtocolViolation, "JSON", home => home.Proxy.SendAsync("<html>")),
        Silent("the line is dead in both directions, and nobody is told", home => home.Proxy.ToClient.IsBlackHole = home.Proxy.ToServer.IsBlackHole = true)
            with { Heal = home => home.Proxy.ToClient.IsBlackHole = home.Proxy.ToServer.IsBlackHole = false },
        Silent("nothing of ours arrives", home => home.Proxy.ToServer.IsBlackHole = true)
            with { Heal = home => home.Proxy.ToServer.IsBlackHole = false },
        Silent("nothing of the server's arrives", home => home.Proxy.ToClient.IsBlackHole = true)
            with { Heal = home => home.Proxy.ToClient.IsBlackHole = false },
        Silent("the server's process stands still", home => home.House.Faults.Frozen = true)
            with { Heal = home => home.House.Faults.Frozen = false },
        new("the server does not read, and a write of ours is stuck", EndReason.HeartbeatTimeout, Dead, StuckWriteAsync)
        {
            Within = HeartbeatTime,
            Heal = home => home.Proxy.ToServer.IsStalled = false,
        },
    ];

    private static SessionFault Silent(string name, Action<FaultyHome> strike) => new(name, EndReason.HeartbeatTimeout, Dead, async home =>
    {
        strike(home);

        // The client dials at once when it has noticed; it is to meet nobody until the fault is over.
        home.Proxy.IsListening = false;
        await home.LetTheHeartbeatNoticeAsync();
    })
    {
        Within = HeartbeatTime,
    };

    private static Func<FaultyHome, Task> At(Action<FaultyHome> strike) => home =>
    {
        strike(home);
        return Task.CompletedTask;
    };

    private static async Task OverflowAsync(FaultyHome home)
    {
        _ = home.Client.OnEvent("state_changed").Subscribe(_ => { });
        await home.Client.PingAsync();
        home.House.AtOnce(() =>
        {
            for (var i = 0; i < 4200; i++) home.House.SetState($"sensor.s{i}", "1");
        });
    }

    private static async Task StuckWriteAsync(FaultyHome home)
    {
        home.Proxy.ToServer.IsStalled = true;
        var large = new System.Text.Json.Nodes.JsonObject { ["fill"] = new string('x', 3_000_000) };

        // Enough for every buffer on the way: what is left stays in a write that cannot end.
        for (var i = 0; i < 8; i++) _ = home.Client.FireEventAsync("fault_fill", large);
        home.Proxy.IsListening = false;
        await home.LetTheHeartbeatNoticeAsync();
    }
}

namespace HassSocket.Testing;

/// <summary>One step of a script: a moment, and what happens then.</summary>
internal abstract record FaultStep(Action<SimulatedConnection> Act)
{
    public sealed record Login(Action<SimulatedConnection> Act) : FaultStep(Act);

    public sealed record Command(string Type, Action<SimulatedConnection> Act) : FaultStep(Act);

    public sealed record Delay(TimeSpan For, Action<SimulatedConnection> Act) : FaultStep(Act);
}

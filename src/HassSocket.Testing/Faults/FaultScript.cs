namespace HassSocket.Testing;

/// <summary>What goes wrong, in order: each step waits for its moment, then acts on the connection where the moment came.</summary>
/// <remarks>
/// Written by a test and played by <see cref="SimulatedFaults.Play"/>. The actions run in the house's own piece of work: they must not
/// wait for anything, and what they do is done before the house goes on.
/// </remarks>
public sealed class FaultScript
{
    private readonly List<FaultStep> _steps = [];

    internal IReadOnlyList<FaultStep> Steps => _steps;

    /// <summary>Acts when the next client has logged in, after its <c>auth_ok</c> has left.</summary>
    /// <param name="act">What happens.</param>
    public FaultScript OnLogin(Action<SimulatedConnection> act) => Add(new FaultStep.Login(act));

    /// <summary>Acts when the next command of a type arrives, before the house looks at it; a connection that is ended here never executes it.</summary>
    /// <param name="type">The type on the wire.</param>
    /// <param name="act">What happens.</param>
    public FaultScript OnCommand(string type, Action<SimulatedConnection> act) => Add(new FaultStep.Command(type, act));

    /// <summary>Acts a while after the step before, on the same connection.</summary>
    /// <param name="delay">How long, by the clock of the house.</param>
    /// <param name="act">What happens.</param>
    /// <exception cref="InvalidOperationException">There is no step before.</exception>
    public FaultScript After(TimeSpan delay, Action<SimulatedConnection> act)
    {
        if (_steps.Count == 0) throw new InvalidOperationException("A script cannot begin with a delay: no connection is meant yet. Begin with OnLogin or OnCommand.");
        return Add(new FaultStep.Delay(delay, act));
    }

    private FaultScript Add(FaultStep step)
    {
        ArgumentNullException.ThrowIfNull(step.Act);
        _steps.Add(step);
        return this;
    }
}

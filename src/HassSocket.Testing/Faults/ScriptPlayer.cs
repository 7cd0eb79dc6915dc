using HassSocket.Testing.Simulator;

namespace HassSocket.Testing;

/// <summary>Plays scripts of faults: told of every login and command, it acts where the next step of a script waits for that.</summary>
/// <remarks>Called within a piece of work of the house only, so that steps never overlap.</remarks>
internal sealed class ScriptPlayer(House house)
{
    private readonly List<Playing> _playing = [];

    /// <summary>Plays a script; the task ends with its last step.</summary>
    public Task Play(FaultScript script) => house.Ticks.Run(() =>
    {
        var playing = new Playing(new Queue<FaultStep>(script.Steps));
        if (playing.Left.Count == 0) playing.Done.SetResult();
        else _playing.Add(playing);
        return playing.Done.Task;
    });

    public void LoggedIn(SimulatedConnection connection) => Meet(connection, step => step is FaultStep.Login);

    public void Commanded(SimulatedConnection connection, string type) => Meet(connection, step => step is FaultStep.Command command && command.Type == type);

    private void Meet(SimulatedConnection connection, Func<FaultStep, bool> isMeant)
    {
        foreach (var playing in _playing.ToArray())
        {
            if (playing.Left.TryPeek(out var step) && isMeant(step)) Act(playing, connection);
        }
    }

    private void Act(Playing playing, SimulatedConnection connection)
    {
        playing.Left.Dequeue().Act(connection);
        if (!playing.Left.TryPeek(out var next))
        {
            _playing.Remove(playing);
            playing.Done.SetResult();
        }
        else if (next is FaultStep.Delay delay)
        {
            house.After(delay.For, () => house.Ticks.Run(() => Act(playing, connection)));
        }
    }

    private sealed record Playing(Queue<FaultStep> Left)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

namespace HassSocket.Testing.Time;

/// <summary>A test that waits for the timers of a <see cref="ManualTimeProvider"/> to meet a condition.</summary>
internal sealed class TimerWaiter(Func<IReadOnlyList<TimeSpan>, bool> condition)
{
    private readonly TaskCompletionSource _met = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Met => _met.Task;

    public void Ask(IReadOnlyList<TimeSpan> remaining)
    {
        try
        {
            if (condition(remaining)) _met.TrySetResult();
        }
        catch (Exception failure)
        {
            _met.TrySetException(failure);
        }
    }
}

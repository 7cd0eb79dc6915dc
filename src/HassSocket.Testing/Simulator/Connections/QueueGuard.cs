namespace HassSocket.Testing.Simulator;

/// <summary>Throws a client out for whom too much waits: too many messages at any moment, or many for too long.</summary>
internal sealed class QueueGuard(House house, Func<int> waiting, Action throwOut)
{
    private const int Peak = 1024;

    private static readonly TimeSpan PeakTime = TimeSpan.FromSeconds(10);

    private ITimer? _peak;

    public void AfterAdding(int count)
    {
        if (count >= house.Options.MaxPendingMessages) throwOut();
        else if (count > Peak) _peak ??= house.Time.CreateTimer(_ => house.Ticks.Run(AfterPeak), null, PeakTime, Timeout.InfiniteTimeSpan);
        else Rest();
    }

    /// <summary>Forgets a peak that has been written since.</summary>
    public void AfterWriting()
    {
        if (waiting() <= Peak) Rest();
    }

    public void Rest()
    {
        _peak?.Dispose();
        _peak = null;
    }

    private void AfterPeak()
    {
        if (_peak is null) return;
        Rest();
        if (waiting() >= Peak) throwOut();
    }
}

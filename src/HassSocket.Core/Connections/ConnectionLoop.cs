using HassSocket.Sessions;

namespace HassSocket.Connections;

/// <summary>The life of a started connection: open, restore, be ready, wait for the end, back off, and again.</summary>
internal sealed partial class ConnectionLoop
{
    private readonly ConnectionParts _parts;
    private readonly SessionOpener _opener;
    private readonly SessionKeeper _keeper;
    private readonly IdleWatch _idle;
    private readonly RetryBackoff _backoff;
    private readonly Attempts _attempts;
    private readonly CancellationToken _stop;
    private TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConnectionLoop(ConnectionParts parts, SessionOpener opener, ReadySwitch readySwitch, Handover handover, Func<double> random, CancellationToken stop)
    {
        _parts = parts;
        _log = parts.Context.Log;
        _opener = opener;
        _stop = stop;
        _idle = new IdleWatch(parts);
        _keeper = new SessionKeeper(parts, handover, _idle, stop);
        _backoff = new RetryBackoff(Options, parts.Context.Time, random, BackOff);
        var pipeline = ReconnectPolicy.Build(Options, parts.Context.Time, _backoff, () => _idle.IsNeeded);
        _attempts = new Attempts(parts, opener, readySwitch, _keeper, pipeline, stop) { OnReady = () => _started.TrySetResult() };
    }

    /// <summary>Completes at the first Ready (or Idle), or with what made the connection give up.</summary>
    public Task Started => _started.Task;

    private ConnectionOptions Options => _parts.Context.Options;

    private StateFeed States => _parts.States;

    /// <summary>Runs until it is stopped, or gives up.</summary>
    public async Task RunAsync()
    {
        while (true)
        {
            try
            {
                await LiveAsync().ConfigureAwait(false);
            }
            catch (Exception) when (_stop.IsCancellationRequested)
            {
                await StopAsync().ConfigureAwait(false);
                return;
            }
            catch (Exception error)
            {
                var fatal = _attempts.Fatal ?? error;
                await GiveUpAsync(fatal).ConfigureAwait(false);
                if (fatal is not AuthenticationRejectedException || !await HopeAsync().ConfigureAwait(false)) return;
                _started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _parts.Context.Gate.Reopen();
            }
        }
    }

    private async Task LiveAsync()
    {
        var pause = TimeSpan.Zero;
        while (true)
        {
            if (Options.OpenOnDemand) await RestAsync().ConfigureAwait(false);
            await PaceAsync(pause).ConfigureAwait(false);
            if (await ConnectAsync().ConfigureAwait(false) is not { } session) continue;
            var end = await _keeper.FollowAsync(session).ConfigureAwait(false);
            if (end.Error is TrafficLimitExceededException limit) throw limit;
            pause = end.IsSlow ? Options.MaxRetryInterval : TimeSpan.Zero;
            if (end.Reason == EndReason.IdleClose)
            {
                States.Move(ConnectionState.Idle);
                continue;
            }

            LogLost(end.Reason, end.Explanation);
            BackOff(Failure.Of(end), 0, Longer(pause, _opener.UntilNextDial));
        }
    }

    /// <summary>Waits without a socket until something wants one.</summary>
    private async Task RestAsync()
    {
        if (!_idle.TryRest()) return;
        if (States.Current != ConnectionState.Idle) States.Move(ConnectionState.Idle);
        _started.TrySetResult();
        await _idle.WhenWantedAsync(_stop).ConfigureAwait(false);
    }

    private async Task PaceAsync(TimeSpan pause)
    {
        await _backoff.SleepAsync(Longer(pause, _opener.UntilNextDial), _stop).ConfigureAwait(false);
        _stop.ThrowIfCancellationRequested();
    }

    /// <summary>Connects; nothing comes of it when nothing needs a socket any more.</summary>
    private async Task<Session?> ConnectAsync()
    {
        try
        {
            return await _attempts.ConnectAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (Options.OpenOnDemand && Options.ConfigureReconnect is null && ReconnectPolicy.CanRetry(error) && !_stop.IsCancellationRequested)
        {
            // Our own pipeline lets go of what it could try again only for want of a need.
            BackOff(Failure.Of(error), _attempts.Failures, TimeSpan.Zero);
            return null;
        }
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private void BackOff(Failure failure, int failedAttempts, TimeSpan delay) =>
        States.Move(ConnectionState.Backoff, failure, failedAttempts, delay);

    private async Task GiveUpAsync(Exception fatal)
    {
        var failure = Failure.OfGivingUp(fatal);
        await _keeper.EndAsync(new SessionEnd(failure.Reason, failure.Explanation) { Error = fatal }, TimeSpan.Zero).ConfigureAwait(false);
        Exception GivenUp(string command) =>
            new NotConnectedException($"'{command}' was not sent: the connection has given up. {failure.Explanation}", failure.Reason, fatal);
        // Who sees Faulted finds the gate closed; who fails with it finds Faulted.
        _parts.Context.Gate.Close(
            GivenUp,
            command => fatal is TrafficLimitExceededException limit ? new TrafficLimitExceededException(limit.Message, limit.Rate, limit.Limit) : GivenUp(command),
            () => States.Move(ConnectionState.Faulted, failure, _attempts.Failures));
        LogFaulted(failure.Explanation);
        _started.TrySetException(fatal);
        _ = _started.Task.Exception;
    }

    /// <summary>Waits for credentials that may be different.</summary>
    private async Task<bool> HopeAsync()
    {
        try
        {
            await _parts.Context.Dialect.CredentialsChangedAsync(_stop).WaitAsync(_stop).ConfigureAwait(false);
            return true;
        }
        catch (Exception error)
        {
            if (!_stop.IsCancellationRequested) LogNoHope(error);
            return false;
        }
    }

    private async Task StopAsync()
    {
        await _keeper.StopAsync().ConfigureAwait(false);
        if (States.Current != ConnectionState.Stopped) States.Move(ConnectionState.Stopped, new Failure(EndReason.Stopped, "stopped", null));
        _started.TrySetException(new NotConnectedException("The connection was stopped before it was ready.", EndReason.Stopped));
        _ = _started.Task.Exception;
    }
}

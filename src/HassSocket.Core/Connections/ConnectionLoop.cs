using HassSocket.Sessions;
using Polly;

namespace HassSocket.Connections;

/// <summary>The life of a started connection: open, restore, be ready, wait for the end, back off, and again.</summary>
internal sealed partial class ConnectionLoop
{
    private static readonly TimeSpan FarewellBudget = TimeSpan.FromSeconds(2);
    private readonly ConnectionParts _parts;
    private readonly SessionOpener _opener;
    private readonly ReadySwitch _switch;
    private readonly Handover _handover;
    private readonly IdleWatch _idle;
    private readonly RetryBackoff _backoff;
    private readonly ResiliencePipeline _reconnect;
    private readonly CancellationToken _stop;
    private TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _funerals = Task.CompletedTask;
    private Session? _current;
    private Exception? _fatal;
    private int _failures;
    private long? _lastDial;

    public ConnectionLoop(ConnectionParts parts, SessionOpener opener, ReadySwitch readySwitch, Handover handover, Func<double> random, CancellationToken stop)
    {
        _parts = parts;
        _log = parts.Context.Log;
        _opener = opener;
        _switch = readySwitch;
        _handover = handover;
        _stop = stop;
        _idle = new IdleWatch(parts);
        _backoff = new RetryBackoff(Options, parts.Context.Time, random, BackOff);
        _reconnect = ReconnectPolicy.Build(Options, parts.Context.Time, _backoff);
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
                var fatal = _fatal ?? error;
                await GiveUpAsync(fatal).ConfigureAwait(false);
                if (fatal is not AuthenticationRejectedException || !await HopeAsync().ConfigureAwait(false)) return;
                _fatal = null;
                _started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _parts.Context.Gate.Reopen();
            }
        }
    }

    private async Task LiveAsync()
    {
        while (true)
        {
            if (Options.OpenOnDemand) await RestAsync().ConfigureAwait(false);
            await PaceAsync().ConfigureAwait(false);
            var session = await ConnectAsync().ConfigureAwait(false);
            var end = await FollowAsync(session).ConfigureAwait(false);
            if (end.Reason == EndReason.IdleClose) continue;
            if (end.Error is TrafficLimitExceededException limit) throw limit;
            BackOff(Failure.Of(end), 0, UntilNextDial());
        }
    }

    /// <summary>Waits without a socket until something wants one.</summary>
    private async Task RestAsync()
    {
        if (!_idle.TryRest()) return;
        States.Move(ConnectionState.Idle);
        _started.TrySetResult();
        await _idle.WhenWantedAsync(_stop).ConfigureAwait(false);
    }

    private async Task PaceAsync()
    {
        await _backoff.SleepAsync(UntilNextDial(), _stop).ConfigureAwait(false);
        _stop.ThrowIfCancellationRequested();
    }

    // Also after a stable session two dials lie RetryInterval apart; the first one ever leaves at once.
    private TimeSpan UntilNextDial()
    {
        if (_lastDial is not { } last) return TimeSpan.Zero;
        var left = Options.RetryInterval - _parts.Context.Time.GetElapsedTime(last);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>One execution of the pipeline: attempts, until a session has proved stable.</summary>
    private async Task<Session> ConnectAsync()
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_stop);
        Session? stable = null;
        await _reconnect.ExecuteAsync(
            async token =>
            {
                try
                {
                    stable = await TryAsync(token).ConfigureAwait(false);
                }
                catch (Exception error) when (!token.IsCancellationRequested)
                {
                    NoteFailure(error);
                    if (ReconnectPolicy.CanRetry(error)) throw;
                    // A pipeline of a user's might try again with what cannot succeed: this ends it.
                    _fatal = error;
                    await either.CancelAsync().ConfigureAwait(false);
                    throw;
                }
            },
            either.Token).ConfigureAwait(false);
        _failures = 0;
        return stable!;
    }

    private async Task<Session> TryAsync(CancellationToken token)
    {
        var session = await DialAsync(token).ConfigureAwait(false);
        _current = session;
        try
        {
            await ReadyAsync(session).ConfigureAwait(false);
            await ProveStableAsync(session, token).ConfigureAwait(false);
            return session;
        }
        catch (Exception error) when (!_stop.IsCancellationRequested)
        {
            session.End(SessionEnd.Lost(error));
            Bury(session);
            throw;
        }
    }

    private async Task<Session> DialAsync(CancellationToken token)
    {
        try
        {
            return await DialOnceAsync(token).ConfigureAwait(false);
        }
        catch (AuthenticationRejectedException)
        {
            // The token may have expired a moment ago: a different one is worth one more attempt, the same one never is.
            if (!await _parts.Context.Dialect.RenewCredentialsAsync(token).ConfigureAwait(false)) throw;
            States.Move(ConnectionState.Backoff);
            return await DialOnceAsync(token).ConfigureAwait(false);
        }
    }

    private Task<Session> DialOnceAsync(CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        States.Move(ConnectionState.Connecting);
        _lastDial = _parts.Context.Time.GetTimestamp();
        return _opener.OpenAsync(() => States.Move(ConnectionState.Authenticating), token);
    }

    private async Task ReadyAsync(Session session)
    {
        States.Move(ConnectionState.Restoring);
        if (!_switch.TryOpen(session, () => States.Move(ConnectionState.Ready)))
            throw (await session.Ended.ConfigureAwait(false)).ToException();
        _parts.Context.Telemetry.Attempt("ready");
        LogReady(session.Number, session.ServerVersion);
        _started.TrySetResult();
    }

    private async Task ProveStableAsync(Session session, CancellationToken token)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(token);
        var proof = Task.Delay(Options.StableAfter, _parts.Context.Time, enough.Token);
        if (_parts.Context.Dialect.Facts.StableAtFirstResult) proof = Task.WhenAny(proof, session.FirstResult);
        await Task.WhenAny(session.Ended, proof).ConfigureAwait(false);
        token.ThrowIfCancellationRequested();
        await enough.CancelAsync().ConfigureAwait(false);
        if (!session.Ended.IsCompleted) return;
        var end = await session.Ended.ConfigureAwait(false);
        if (end.Error is TrafficLimitExceededException limit) throw limit;
        if (!end.IsOurs) throw end.ToException();
    }

    /// <summary>Waits for the end of a session, and of every successor it hands over to.</summary>
    private async Task<SessionEnd> FollowAsync(Session session)
    {
        while (true)
        {
            _current = session;
            if (Options.OpenOnDemand) await CloseWhenIdleAsync(session).ConfigureAwait(false);
            var end = await session.Ended.WaitAsync(_stop).ConfigureAwait(false);
            Bury(session);
            if (await _handover.TakeOverAsync(session).WaitAsync(_stop).ConfigureAwait(false) is not { } successor) return end;
            session = successor;
        }
    }

    private async Task CloseWhenIdleAsync(Session session)
    {
        if (!await _idle.WhenIdleAsync(session, _stop).ConfigureAwait(false)) return;
        await session.CloseAsync(new SessionEnd(EndReason.IdleClose, "nothing needs the socket"), FarewellBudget).ConfigureAwait(false);
    }

    // A transport that does not end although it was aborted must not keep the loop from dialling anew.
    private void Bury(Session session) => _funerals = Task.WhenAll(_funerals, session.DisposeAsync().AsTask());

    private void NoteFailure(Exception error)
    {
        var failure = Failure.Of(error);
        _failures++;
        _parts.Context.Telemetry.Attempt(failure.Reason.ToString());
        _parts.Context.Gate.Shut(_current, failure.Reason, failure.Explanation, failure.Error);
        // Transitions are news, attempts are not: the first is told, then at doubling distances.
        if (int.IsPow2(_failures)) LogAttemptFailed(_failures, failure.Reason, failure.Explanation);
        if (Options.ConfigureReconnect is not null && States.Current != ConnectionState.Backoff) States.Move(ConnectionState.Backoff, failure, _failures);
    }

    private void BackOff(Failure failure, int failedAttempts, TimeSpan delay) =>
        States.Move(ConnectionState.Backoff, failure, failedAttempts, delay);

    private async Task GiveUpAsync(Exception fatal)
    {
        var failure = Failure.Of(fatal);
        await EndCurrentAsync(new SessionEnd(failure.Reason, failure.Explanation) { Error = fatal }, TimeSpan.Zero).ConfigureAwait(false);
        States.Move(ConnectionState.Faulted, failure, _failures);
        LogFaulted(failure.Explanation);
        _parts.Context.Gate.Close(
            command => new NotConnectedException($"'{command}' was not sent: the connection has given up. {failure.Explanation}", failure.Reason, fatal),
            command => fatal is TrafficLimitExceededException limit
                ? new TrafficLimitExceededException(limit.Message, limit.Rate, limit.Limit)
                : new NotConnectedException($"'{command}' was not sent: the connection has given up. {failure.Explanation}", failure.Reason, fatal));
        _started.TrySetException(fatal);
        _ = _started.Task.Exception;
    }

    /// <summary>Waits for credentials that may be different.</summary>
    private async Task<bool> HopeAsync()
    {
        try
        {
            await _parts.Context.Dialect.CredentialsChangedAsync(_stop).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task StopAsync()
    {
        await EndCurrentAsync(new SessionEnd(EndReason.Stopped, "the connection was stopped"), FarewellBudget).ConfigureAwait(false);
        if (States.Current != ConnectionState.Stopped) States.Move(ConnectionState.Stopped, new Failure(EndReason.Stopped, "stopped", null));
        _started.TrySetException(new NotConnectedException("The connection was stopped before it was ready.", EndReason.Stopped));
        _ = _started.Task.Exception;
    }

    private async Task EndCurrentAsync(SessionEnd end, TimeSpan farewell)
    {
        await _handover.AbandonAsync(end).ConfigureAwait(false);
        if (_current is not { } session) return;
        _current = null;
        if (farewell > TimeSpan.Zero) await session.CloseAsync(end, farewell).ConfigureAwait(false);
        else session.End(end);
        Bury(session);
    }
}

using HassSocket.Sessions;
using Polly;

namespace HassSocket.Connections;

/// <summary>Attempts to connect, one after the other, until a session has proved stable or no attempt can help.</summary>
internal sealed partial class Attempts
{
    private readonly HashSet<EndReason> _told = [];
    private readonly ConnectionParts _parts;
    private readonly SessionOpener _opener;
    private readonly ReadySwitch _switch;
    private readonly SessionKeeper _keeper;
    private readonly ResiliencePipeline _reconnect;
    private readonly PatientAsk<bool> _renewals;
    private readonly CancellationToken _stop;

    public Attempts(
        ConnectionParts parts, SessionOpener opener, ReadySwitch readySwitch, SessionKeeper keeper, ResiliencePipeline reconnect, CancellationToken stop)
    {
        _parts = parts;
        _log = parts.Context.Log;
        _opener = opener;
        _switch = readySwitch;
        _keeper = keeper;
        _reconnect = reconnect;
        _renewals = new PatientAsk<bool>(parts.Context.Options.ConnectTimeout, parts.Context.Time);
        _stop = stop;
    }

    /// <summary>Called at every Ready that an attempt has led to.</summary>
    public required Action OnReady { get; init; }

    /// <summary>How many attempts have failed since the last stable session.</summary>
    public int Failures { get; private set; }

    /// <summary>Why no attempt can help, whatever the pipeline made of it; <see langword="null"/> otherwise.</summary>
    public Exception? Fatal { get; private set; }

    private StateFeed States => _parts.States;

    private SessionContext Context => _parts.Context;

    /// <summary>One execution of the pipeline: attempts, until a session has proved stable.</summary>
    public async Task<Session> ConnectAsync()
    {
        Fatal = null;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_stop);
        Session? stable = null;
        await _reconnect.ExecuteAsync(async token => stable = await AttemptAsync(either, token).ConfigureAwait(false), either.Token).ConfigureAwait(false);
        Failures = 0;
        _told.Clear();
        return stable ?? throw new NotConnectedException("The reconnect pipeline (ConfigureReconnect) ended without a connection.", EndReason.GaveUp);
    }

    private async Task<Session> AttemptAsync(CancellationTokenSource either, CancellationToken token)
    {
        // A pipeline of a user's might try again with what cannot succeed, and lose the token on the way: this ends it.
        either.Token.ThrowIfCancellationRequested();
        try
        {
            return await TryAsync(token).ConfigureAwait(false);
        }
        catch (Exception error) when (!_stop.IsCancellationRequested)
        {
            NoteFailure(error);
            if (ReconnectPolicy.CanRetry(error)) throw;
            Fatal = error;
            await either.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private async Task<Session> TryAsync(CancellationToken token)
    {
        var session = await DialAsync(token).ConfigureAwait(false);
        _keeper.Hold(session);
        try
        {
            await ReadyAsync(session).ConfigureAwait(false);
            return await ProveStableAsync(session, token).ConfigureAwait(false);
        }
        catch (Exception error) when (!_stop.IsCancellationRequested)
        {
            await _keeper.EndAsync(SessionEnd.Lost(error), TimeSpan.Zero).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<Session> DialAsync(CancellationToken token)
    {
        try
        {
            return await DialOnceAsync(token).ConfigureAwait(false);
        }
        catch (AuthenticationRejectedException rejection)
        {
            // The token may have expired a moment ago: a different one is worth one more attempt, the same one never is.
            if (!await RenewAsync(token).ConfigureAwait(false)) throw;
            States.Move(ConnectionState.Backoff, Failure.Of(rejection), Failures, TimeSpan.Zero);
            return await DialOnceAsync(token).ConfigureAwait(false);
        }
    }

    private Task<Session> DialOnceAsync(CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        States.Move(ConnectionState.Connecting);
        return _opener.OpenAsync(() => States.Move(ConnectionState.Authenticating), token);
    }

    private async Task<bool> RenewAsync(CancellationToken token)
    {
        try
        {
            return await _renewals.AskAsync(Context.Dialect.RenewCredentialsAsync, token).ConfigureAwait(false);
        }
        catch (Exception error) when (!token.IsCancellationRequested)
        {
            // Perhaps there are others, perhaps not: the same ones may not be shown often, or the server bans us.
            throw new NotConnectedException(
                $"The server rejected the credentials, and asking for others failed: {error.Message}", EndReason.AuthenticationRejected, error);
        }
    }

    private async Task ReadyAsync(Session session)
    {
        States.Move(ConnectionState.Restoring);
        if (!_switch.TryOpen(session, () => States.Move(ConnectionState.Ready)))
            throw (await session.Ended.ConfigureAwait(false)).ToException();
        LogReady(session.Number, session.ServerVersion);
        _keeper.Watch(session);
        OnReady();
    }

    /// <summary>Waits until a session, or the successor it hands over to, has lasted long enough.</summary>
    private async Task<Session> ProveStableAsync(Session session, CancellationToken token)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(token);
        try
        {
            var lasted = Task.Delay(Context.Options.StableAfter, Context.Time, enough.Token);
            while (true)
            {
                var proof = Context.Dialect.Facts.StableAtFirstResult ? Task.WhenAny(lasted, session.FirstResult) : lasted;
                await Task.WhenAny(session.Ended, proof).ConfigureAwait(false);
                token.ThrowIfCancellationRequested();
                if (lasted.IsCompleted || (Context.Dialect.Facts.StableAtFirstResult && session.FirstResult.IsCompleted)) return session;
                var end = await session.Ended.ConfigureAwait(false);
                var successor = await _keeper.SucceedAsync(session, end).ConfigureAwait(false);
                if (successor is null && end.Reason == EndReason.IdleClose) return session;
                session = successor ?? throw end.Error as TrafficLimitExceededException ?? (Exception)end.ToException();
            }
        }
        finally
        {
            await enough.CancelAsync().ConfigureAwait(false);
        }
    }

    private void NoteFailure(Exception error)
    {
        var failure = Failure.Of(error);
        Failures++;
        Context.Gate.Shut(_keeper.Latest, failure.Reason, failure.Explanation, failure.Error);
        if (!ReconnectPolicy.CanRetry(error)) return;
        // Transitions are news, attempts are not: the first of each kind is told, then at doubling distances.
        if (_told.Add(failure.Reason) || int.IsPow2(Failures)) LogAttemptFailed(Failures, failure.Reason, failure.Explanation);
        // Our own pipeline tells how long it waits; one of a user's does not.
        if (Context.Options.ConfigureReconnect is not null && States.Current != ConnectionState.Backoff)
            States.Move(ConnectionState.Backoff, failure, Failures);
    }
}

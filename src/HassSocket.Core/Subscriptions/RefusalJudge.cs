using HassSocket.Sending;
using HassSocket.Sessions;

namespace HassSocket.Subscriptions;

/// <summary>Decides whether a refused subscription waits or is over, and finds out when to ask again.</summary>
/// <remarks>
/// A starting server refuses what it has not loaded yet. While something waits, the dialect's signals are heard and its probe is
/// asked; a probe that finds the server settled makes the next refusal final.
/// </remarks>
internal sealed class RefusalJudge(IDialect dialect, SubscriptionRegistry registry, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<Route> _signals = [];
    private Session? _session;
    private bool _isProbing;
    private bool _isProbeStale;

    /// <summary>Asks at once again where the server has not even looked at the request.</summary>
    public bool AsksAgain(Route route, HassSocketException refusal)
    {
        if (refusal is not CommandFailedException failure || !dialect.MeansAgain(failure)) return false;
        WantedSubscriptions.AskAgain(route);
        route.Session.KickFromReadLoop();
        return true;
    }

    public bool MayWait(Route route, HassSocketException refusal)
    {
        if (refusal is not CommandFailedException failure || (dialect.Probe.IsEmpty && dialect.RetrySignals.Count == 0)) return false;
        if (route.IsLastChance || !(dialect.MeansWaiting(failure) || (route.Subscription.WasActive && !route.IsStarted))) return false;
        lock (_lock) Attach_NeedsLock(route.Session);
        return true;
    }

    /// <summary>Listens and probes while something waits, and stops listening when nothing does.</summary>
    public void Reconsider()
    {
        var waits = registry.Waiting > 0;
        Session? session;
        lock (_lock)
        {
            session = _session;
            if (session is null) return;
            if (waits && _signals.Count == 0 && !session.IsSettled) Listen_NeedsLock(session);
            else if (!waits && _signals.Count > 0) StopListening_NeedsLock(session);
        }

        if (waits && !session.IsSettled) Probe(session);
        // Asked before it was known that the server has settled: asked once more, for good.
        else if (waits) registry.RetryWaiting()?.KickFromReadLoop();
        session.KickFromReadLoop();
    }

    public void Detach(Session session)
    {
        lock (_lock)
        {
            if (_session == session) Attach_NeedsLock(null);
        }
    }

    private void Attach_NeedsLock(Session? session)
    {
        if (_session == session) return;
        _session = session;
        _isProbing = _isProbeStale = false;
        _signals.Clear();
    }

    private void Listen_NeedsLock(Session session)
    {
        foreach (var source in dialect.RetrySignals)
        {
            var subscription = new ActiveSubscription(source, WantedSubscriptions.Encode(source), null, time)
            {
                // The read loop brings the signal; asking again takes locks and writes, so it happens on the pool.
                Signal = () => ThreadPool.UnsafeQueueUserWorkItem(static judge => judge.OnSignal(), this, preferLocal: false),
            };
            var route = subscription.Ask(session);
            _signals.Add(route);
            session.QueueSubscribe(route, null);
        }
    }

    private void StopListening_NeedsLock(Session session)
    {
        foreach (var route in _signals)
        {
            // One that the server has refused or ended itself needs no stop.
            if (route.IsClosed) continue;
            route.Subscription.Close();
            if (route.Key != 0 && session.MayStop(route)) session.QueueStop(route);
        }

        _signals.Clear();
    }

    private void OnSignal()
    {
        Session? session;
        lock (_lock) session = _session;
        if (session is null || registry.Waiting == 0) return;
        registry.RetryWaiting()?.Kick();
        Probe(session, isSignalled: true);
        session.Kick();
    }

    private void Probe(Session session, bool isSignalled = false)
    {
        OutgoingCommand? probe;
        lock (_lock)
        {
            // The answer to the one on its way may be older than the signal: it is followed by another.
            _isProbeStale |= isSignalled && _isProbing;
            if (_isProbing || session != _session || session.IsSettled) return;
            probe = session.QueueControl("probe", dialect.Probe, keepsReply: true);
            _isProbing = probe is not null;
        }

        if (probe is not null) _ = HearProbeAsync(session, probe);
    }

    private async Task HearProbeAsync(Session session, OutgoingCommand probe)
    {
        using var answer = await probe.AnswerOrNullAsync().ConfigureAwait(false);
        OnProbed(session, answer);
    }

    private void OnProbed(Session session, Reply? answer)
    {
        var isSettled = answer is { } reply && IsSettled(reply);
        bool isStale;
        lock (_lock)
        {
            // Told in one step: whoever finds no probe on its way finds what it brought.
            if (isSettled) session.IsSettled = true;
            isStale = _isProbeStale && session == _session && answer is not null;
            if (session == _session) _isProbing = _isProbeStale = false;
        }

        // Whatever is refused from now on is refused for good; what was refused before gets its last chance.
        if (isSettled) registry.RetryWaiting()?.Kick();
        else if (isStale) Probe(session);
        session.Kick();
    }

    private bool IsSettled(in Reply answer)
    {
        try
        {
            return dialect.IsSettled(answer.Payload);
        }
        catch (Exception)
        {
            // An answer that cannot be read says nothing; the next refusal asks again.
            return false;
        }
    }
}

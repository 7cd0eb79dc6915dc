namespace HassSocket.Connections;

/// <summary>Starts and stops the loop; one step at a time, whoever asks.</summary>
internal sealed class ConnectionLife : IAsyncDisposable
{
    private readonly SemaphoreSlim _step = new(1, 1);
    private readonly ConnectionParts _parts;
    private readonly SessionOwner _owner;
    private readonly SessionOpener _opener;
    private readonly ReadySwitch _switch;
    private readonly Func<double> _random;
    private CancellationTokenSource? _stop;
    private ConnectionLoop? _loop;
    private Task _run = Task.CompletedTask;
    private bool _isOver;

    public ConnectionLife(ConnectionParts parts, SessionOwner owner, ITransportFactory transports, Func<double> random)
    {
        _parts = parts;
        _owner = owner;
        _random = random;
        _opener = new SessionOpener(parts.Context, transports);
        _switch = new ReadySwitch(parts);
        owner.Switch = _switch;
        Shut("it is not started. Call StartAsync first.");
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Task started;
        await _step.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isOver, typeof(Connection));
            if (_run.IsCompleted || _parts.States.Current == ConnectionState.Faulted)
            {
                await EndLoopAsync().ConfigureAwait(false);
                BeginLoop();
            }

            started = _loop!.Started;
        }
        finally
        {
            _step.Release();
        }

        await started.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        EndAsync("it was stopped. Call StartAsync to start it again.", isOver: false).WaitAsync(cancellationToken);

    /// <summary>Stops, and does not start again.</summary>
    public async ValueTask DisposeAsync() => await EndAsync("it was disposed.", isOver: true).ConfigureAwait(false);

    // Whoever asks may give up waiting; the stop itself goes through to its end, or the next start would meet half of it.
    private async Task EndAsync(string why, bool isOver)
    {
        await _step.WaitAsync().ConfigureAwait(false);
        try
        {
            _isOver |= isOver;
            await EndLoopAsync().ConfigureAwait(false);
            if (_parts.States.Current != ConnectionState.Stopped)
                _parts.States.Move(ConnectionState.Stopped, new Failure(EndReason.Stopped, "stopped", null));
            Shut(_isOver ? "it was disposed." : why);
        }
        finally
        {
            _step.Release();
        }
    }

    private void BeginLoop()
    {
        _parts.Context.Gate.Reopen();
        _opener.ForgetDials();
        _parts.Context.Traffic.Reset();
        _stop = new CancellationTokenSource();
        var handover = new Handover(_parts, _opener, _switch, _stop.Token);
        _owner.Handover = _parts.Context.Dialect.Facts.NoticeAsksForSuccessor ? handover : null;
        var loop = new ConnectionLoop(_parts, _opener, _switch, handover, _random, _stop.Token);
        _loop = loop;
        _run = RunDetached(loop.RunAsync);
    }

    // Whoever starts us has a context of their own: kept for the whole life, it would be a leak, and wrong in every trace.
    private static Task RunDetached(Func<Task> run)
    {
        if (ExecutionContext.IsFlowSuppressed()) return Task.Run(run);
        using (ExecutionContext.SuppressFlow()) return Task.Run(run);
    }

    private async Task EndLoopAsync()
    {
        if (_stop is not { } stop) return;
        // A user's code may have registered with the token, and may throw there; that must not keep us alive.
        await stop.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _run.ConfigureAwait(false);
        _stop = null;
        stop.Dispose();
    }

    private void Shut(string why) => _parts.Context.Gate.Close(
        command => new NotConnectedException($"'{command}' was not sent: there is no connection, {why}", EndReason.Stopped));
}

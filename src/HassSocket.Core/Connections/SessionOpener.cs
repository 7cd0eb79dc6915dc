using HassSocket.Sessions;
using HassSocket.Transport;

namespace HassSocket.Connections;

/// <summary>Makes one attempt: credentials, dial, upgrade, handshake; the result is a session that does not read yet.</summary>
internal sealed class SessionOpener(SessionContext context, ITransportFactory transports)
{
    private readonly PatientAsk<DialPlan> _plans = new(context.Options.ConnectTimeout, context.Time);
    private int _number;
    private long? _lastDial;

    /// <summary>How long to wait before the next dial: two lie RetryInterval apart, also after a stable session; the first one leaves at once.</summary>
    public TimeSpan UntilNextDial
    {
        get
        {
            if (_lastDial is not { } last) return TimeSpan.Zero;
            var left = context.Options.RetryInterval - context.Time.GetElapsedTime(last);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>A new life begins: its first dial is the first one again.</summary>
    public void ForgetDials() => _lastDial = null;

    /// <summary>Opens a session, and counts the attempt.</summary>
    /// <param name="onUpgraded">Called between the upgrade and the handshake.</param>
    /// <param name="stop">Ends the attempt.</param>
    public async Task<Session> OpenAsync(Action? onUpgraded, CancellationToken stop)
    {
        _lastDial = context.Time.GetTimestamp();
        try
        {
            var session = await AttemptAsync(onUpgraded, stop).ConfigureAwait(false);
            context.Telemetry.Attempt("ready");
            return session;
        }
        catch (Exception error) when (!stop.IsCancellationRequested)
        {
            context.Telemetry.Attempt(Failure.Of(error).Reason.ToString());
            throw;
        }
    }

    private async Task<Session> AttemptAsync(Action? onUpgraded, CancellationToken stop)
    {
        var plan = await PrepareAsync(stop).ConfigureAwait(false);
        var transport = await DialAsync(plan.Upgrade, stop).ConfigureAwait(false);
        var buffer = new MessageBuffer(context.Options.MaxMessageBytes);
        try
        {
            onUpgraded?.Invoke();
            var version = await ShakeHandsAsync(transport, plan, buffer, stop).ConfigureAwait(false);
            return new Session(Interlocked.Increment(ref _number), transport, buffer, version, context);
        }
        catch
        {
            await transport.DropAsync().ConfigureAwait(false);
            buffer.Dispose();
            throw;
        }
    }

    private async Task<DialPlan> PrepareAsync(CancellationToken stop)
    {
        try
        {
            // A user's code fetches the token: if it blocks, or ignores its own token, that must not keep us, or a stop, waiting.
            return await _plans.AskAsync(context.Dialect.PrepareAsync, stop).ConfigureAwait(false);
        }
        catch (TimeoutException error)
        {
            throw new NotConnectedException($"The attempt could not be prepared, perhaps a token provider hangs: {error.Message}.", EndReason.ConnectTimeout, error);
        }
        catch (Exception error) when (error is not HassSocketException && !stop.IsCancellationRequested)
        {
            throw new NotConnectedException($"The attempt could not be prepared, perhaps a token provider failed: {error.Message}", EndReason.GaveUp, error);
        }
    }

    private async Task<ITransport> DialAsync(UpgradeRequest upgrade, CancellationToken stop)
    {
        using var timeout = new CancellationTokenSource(context.Options.ConnectTimeout, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, timeout.Token);
        var dial = Task.Run(() => transports.ConnectAsync(upgrade, either.Token).AsTask(), CancellationToken.None);
        try
        {
            return await dial.WaitAsync(either.Token).ConfigureAwait(false) ??
                throw new NotConnectedException("The transport factory gave no transport.", EndReason.Refused);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested && timeout.IsCancellationRequested)
        {
            Forget(dial);
            throw new NotConnectedException(
                $"No connection to {upgrade.Url.Authority} within {context.Options.ConnectTimeout.TotalSeconds:0.#} s (ConnectTimeout). " +
                "The address may be wrong, a firewall may swallow the packets, or the server may be frozen.",
                EndReason.ConnectTimeout);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Forget(dial);
            throw;
        }
        catch (OperationCanceledException error)
        {
            // Nobody of ours cancelled: some part of the network stack gave up.
            throw new NotConnectedException($"The attempt to connect to {upgrade.Url.Authority} was broken off: {error.Message}", EndReason.Refused, error);
        }
    }

    // An attempt that ignores its token may still succeed later: that socket is nobody's and must not stay open.
    private static void Forget(Task<ITransport> dial) => _ = dial.ContinueWith(DropLateAsync, TaskScheduler.Default);

    private static async Task DropLateAsync(Task<ITransport> dial)
    {
        try
        {
            await (await dial.ConfigureAwait(false)).DropAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // It failed after all, as an attempt that was ended should.
        }
    }

    private async Task<string?> ShakeHandsAsync(ITransport transport, DialPlan plan, MessageBuffer buffer, CancellationToken stop)
    {
        using var timeout = new CancellationTokenSource(context.Options.HandshakeTimeout, context.Time);
        // Tokens never reach the socket's own calls: the socket is dropped, and its calls end by that.
        using var onTimeout = timeout.Token.UnsafeRegister(static state => ((ITransport)state!).AbortQuietly(), transport);
        using var onStop = stop.UnsafeRegister(static state => ((ITransport)state!).AbortQuietly(), transport);
        try
        {
            return await StepThroughAsync(transport, plan, buffer).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not HassSocketException)
        {
            stop.ThrowIfCancellationRequested();
            throw timeout.IsCancellationRequested
                ? new NotConnectedException(
                    $"The server took the connection but did not finish the handshake within {context.Options.HandshakeTimeout.TotalSeconds:0.#} s " +
                    "(HandshakeTimeout). It may be overloaded, or something else may listen there.",
                    EndReason.HandshakeTimeout)
                : new NotConnectedException($"The connection broke during the handshake: {error.Message}", EndReason.ConnectionLost, error);
        }
    }

    private async Task<string?> StepThroughAsync(ITransport transport, DialPlan plan, MessageBuffer buffer)
    {
        var step = plan.Begin();
        while (true)
        {
            if (step.Rejection is { } rejection) throw rejection;
            if (!step.Send.IsEmpty) await transport.SendAsync(step.Send).ConfigureAwait(false);
            if (step.IsDone) return step.ServerVersion;
            if (!await transport.ReceiveAsync(buffer).ConfigureAwait(false))
            {
                throw new NotConnectedException(
                    $"The server closed the connection during the handshake (code {transport.CloseCode}). {context.Dialect.Explain(transport.CloseCode, heldWide: false)}",
                    EndReason.ClosedByServer);
            }

            step = plan.Next(buffer.Message);
            buffer.Reset();
        }
    }
}

using HassSocket.Sessions;
using HassSocket.Transport;

namespace HassSocket.Connections;

/// <summary>Makes one attempt: credentials, dial, upgrade, handshake; the result is a session that does not read yet.</summary>
internal sealed class SessionOpener(SessionContext context, ITransportFactory transports)
{
    private int _number;

    /// <summary>Opens a session.</summary>
    /// <param name="onUpgraded">Called between the upgrade and the handshake.</param>
    /// <param name="stop">Ends the attempt.</param>
    public async Task<Session> OpenAsync(Action? onUpgraded, CancellationToken stop)
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
            transport.Abort();
            await transport.DisposeAsync().ConfigureAwait(false);
            buffer.Dispose();
            throw;
        }
    }

    private async Task<DialPlan> PrepareAsync(CancellationToken stop)
    {
        try
        {
            return await context.Dialect.PrepareAsync(stop).ConfigureAwait(false);
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
            return await dial.WaitAsync(either.Token).ConfigureAwait(false);
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
    private static void Forget(Task<ITransport> dial) => _ = dial.ContinueWith(
        static late =>
        {
            if (!late.IsCompletedSuccessfully) return;
            late.Result.Abort();
            _ = late.Result.DisposeAsync().AsTask();
        },
        TaskScheduler.Default);

    private async Task<string?> ShakeHandsAsync(ITransport transport, DialPlan plan, MessageBuffer buffer, CancellationToken stop)
    {
        using var timeout = new CancellationTokenSource(context.Options.HandshakeTimeout, context.Time);
        // Tokens never reach the socket's own calls: the socket is dropped, and its calls end by that.
        using var onTimeout = timeout.Token.UnsafeRegister(static state => ((ITransport)state!).Abort(), transport);
        using var onStop = stop.UnsafeRegister(static state => ((ITransport)state!).Abort(), transport);
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

namespace HassSocket;

/// <summary>Starting for programs that want a connection soon, or an exception.</summary>
public static class TimedStart
{
    /// <summary>Starts a connection and waits until it is ready, but not for ever; one that is not ready in the end is disposed.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="limit">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NotConnectedException">Time is up; the message holds the last attempt's reason.</exception>
    /// <exception cref="AuthenticationRejectedException">The server rejected the credentials.</exception>
    public static async Task StartWithinAsync(
        this Connection connection, TimeSpan limit, TimeProvider timeProvider, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        using var timeout = new CancellationTokenSource(limit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        // The state alone does not do: while another attempt is under way, it no longer tells why the one before it failed.
        var lastFailure = new LastFailure();
        using var watch = connection.StateChanges.Subscribe(lastFailure);
        try
        {
            await connection.StartAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (error is not OperationCanceledException) throw;
            throw TimedOut(limit, await lastFailure.Told.ConfigureAwait(false));
        }
    }

    private static NotConnectedException TimedOut(TimeSpan timeout, ConnectionStateChange? last) => new(
        $"No connection within {timeout.TotalSeconds:0.###} s (StartTimeout). {last?.Explanation ?? "The first attempt was still under way."}",
        last?.Reason ?? EndReason.ConnectTimeout,
        last?.Error)
    {
        HttpStatus = (last?.Error as NotConnectedException)?.HttpStatus,
    };

    /// <summary>Remembers why the last attempt failed, until no more can.</summary>
    private sealed class LastFailure : IObserver<ConnectionStateChange>
    {
        private readonly TaskCompletionSource<ConnectionStateChange?> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private ConnectionStateChange? _last;

        public Task<ConnectionStateChange?> Told => _told.Task;

        public void OnNext(ConnectionStateChange value)
        {
            if (value.Reason is not (EndReason.None or EndReason.Stopped)) _last = value;
        }

        public void OnError(Exception error) => _told.TrySetResult(_last);

        public void OnCompleted() => _told.TrySetResult(_last);
    }
}

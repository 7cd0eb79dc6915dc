namespace HassSocket.Connections;

/// <summary>Asks a user's code on the pool, and does not wait for it for ever.</summary>
/// <typeparam name="T">What it answers.</typeparam>
/// <param name="limit">How long an answer may take.</param>
/// <param name="time">The clock.</param>
internal sealed class PatientAsk<T>(TimeSpan limit, TimeProvider time)
{
    private Task<T>? _late;

    /// <summary>Asks; an answer that still was not there when the last wait ended is waited for instead, since whoever blocks holds a thread.</summary>
    /// <exception cref="TimeoutException">There was no answer in time.</exception>
    public async Task<T> AskAsync(Func<CancellationToken, ValueTask<T>> ask, CancellationToken stop)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, timeout.Token);
        var token = either.Token;
        var late = Interlocked.Exchange(ref _late, null);
        var answer = late is { IsCompleted: false } ? late : Task.Run(() => ask(token).AsTask(), token);
        try
        {
            return await answer.WaitAsync(token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ReferenceEquals(answer, late) && !token.IsCancellationRequested)
        {
            // It has only now heeded the end of the last wait: that answers nothing of this one.
            return await AskAsync(ask, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            _ = Interlocked.Exchange(ref _late, answer);
            throw new TimeoutException($"no answer came within {limit.TotalSeconds:0.#} s (ConnectTimeout)");
        }
    }
}

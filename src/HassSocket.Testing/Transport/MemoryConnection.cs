using System.Net.WebSockets;
using System.Text;
using HassSocket.Testing.Time;
using HassSocket.Testing.Transport;

namespace HassSocket.Testing;

/// <summary>The server's end of a socket in memory, in the hands of a test.</summary>
/// <remarks>
/// It has no thread of its own: what a test does happens at once, and a waiting client goes on upon the thread pool.
/// All members may be called from any thread.
/// </remarks>
public sealed class MemoryConnection
{
    private readonly Lock _gate = new();
    private readonly MemoryPipe _toClient = new();
    private readonly MemoryPipe _fromClient = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closeAnswered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _stuckWrites;
    private Exception? _broken;
    private bool _isAborted;

    internal MemoryConnection(UpgradeRequest request, TimeProvider time) => (Request, Time) = (request, time);

    /// <summary>What the client dialled.</summary>
    public UpgradeRequest Request { get; }

    /// <summary>Whether the client aborted the socket, or disposed it without a farewell.</summary>
    public bool Aborted
    {
        get
        {
            lock (_gate) return _isAborted;
        }
    }

    /// <summary>Completes when the client has let go of the socket: closed, aborted or disposed it.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Whether a client that says goodbye is answered.</summary>
    /// <value>Default: <see langword="true"/>. <see langword="false"/> lets its farewell run into its budget.</value>
    public bool AnswersClose { get; set; } = true;

    /// <summary>Whether the line is dead without anybody being told: sends succeed and arrive nowhere, nothing comes.</summary>
    /// <value>Default: <see langword="false"/>. Setting it back lets everything pass that was held, in order.</value>
    public bool BlackHole
    {
        get => HoldsClientMessages && HoldsServerMessages;
        set => HoldsClientMessages = HoldsServerMessages = value;
    }

    /// <summary>Whether the client's messages are kept from this end while its sends succeed; one direction of <see cref="BlackHole"/>.</summary>
    public bool HoldsClientMessages
    {
        get => _fromClient.IsHeld;
        set => _fromClient.IsHeld = value;
    }

    /// <summary>Whether messages and close frames of this end are kept from the client; one direction of <see cref="BlackHole"/>.</summary>
    public bool HoldsServerMessages
    {
        get => _toClient.IsHeld;
        set => _toClient.IsHeld = value;
    }

    /// <summary>Whether the client's sends hang, as with a full buffer; setting it back lets them pass, an abort ends them.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool StuckWrites
    {
        get
        {
            lock (_gate) return _stuckWrites is not null;
        }

        set
        {
            TaskCompletionSource? released = null;
            lock (_gate)
            {
                if (value) _stuckWrites ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                else (released, _stuckWrites) = (_stuckWrites, null);
            }

            released?.TrySetResult();
        }
    }

    internal TimeProvider Time { get; }

    /// <summary>Reads the next message of the client.</summary>
    /// <param name="guard">The longest wait in real time; 10 seconds by default.</param>
    /// <returns>The text of one whole message.</returns>
    /// <exception cref="TimeoutException">None came.</exception>
    /// <exception cref="InvalidOperationException">The client let go of the socket first.</exception>
    public async Task<string> ReadAsync(TimeSpan? guard = null)
    {
        string? message;
        while (!TryRead(out message))
        {
            var mayHaveMore = _fromClient.WaitToReadAsync().AsTask();
            try
            {
                if (await mayHaveMore.WaitAsync(guard ?? Guard.Default, TimeProvider.System).ConfigureAwait(false)) continue;
            }
            catch (TimeoutException)
            {
                throw new TimeoutException("The client sent no further message.");
            }

            throw new InvalidOperationException("The client let go of the socket before it sent another message.");
        }

        return message;
    }

    /// <summary>Takes the next message of the client if it is there already.</summary>
    /// <param name="message">The text of one whole message.</param>
    public bool TryRead([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? message)
    {
        message = _fromClient.TryRead(out var frame) ? Encoding.UTF8.GetString(frame.Message.Span) : null;
        return message is not null;
    }

    /// <summary>Sends one text message to the client.</summary>
    /// <param name="message">The text.</param>
    public void Send(string message) => _toClient.Write(new MemoryFrame(Encoding.UTF8.GetBytes(message)));

    /// <summary>Sends one text message to the client; the bytes need not be valid UTF-8.</summary>
    /// <param name="message">The bytes; copied.</param>
    public void Send(ReadOnlyMemory<byte> message) => _toClient.Write(new MemoryFrame(message.ToArray()));

    /// <summary>Closes the socket from this end; the client reads what was sent before, then the close.</summary>
    /// <param name="code">The close code.</param>
    /// <param name="reason">The text that goes with it.</param>
    public void Close(int code = 1000, string reason = "")
    {
        _toClient.Write(new MemoryFrame(default, code, reason));
        _closeAnswered.TrySetResult();
    }

    /// <summary>Breaks the line without a farewell; the client reads what was sent before, then its receive throws.</summary>
    /// <param name="reason">What the client meets; by default what a broken <see cref="ClientWebSocket"/> throws.</param>
    public void Drop(Exception? reason = null)
    {
        reason ??= new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
        TaskCompletionSource? stuck;
        lock (_gate)
        {
            _broken ??= reason;
            stuck = _stuckWrites;
        }

        _toClient.End(reason);
        _closeAnswered.TrySetResult();
        stuck?.TrySetResult();
    }

    /// <summary>The next frame of the client for a server that is not a test; <see langword="null"/> when it let go.</summary>
    internal async ValueTask<MemoryFrame?> ReadFrameAsync()
    {
        while (await _fromClient.WaitToReadAsync().ConfigureAwait(false))
        {
            if (_fromClient.TryRead(out var frame)) return frame;
        }

        return null;
    }

    internal bool TryReadFrame(out MemoryFrame frame) => _fromClient.TryRead(out frame);

    /// <summary>Whether a ping frame would be answered now: the line is up both ways, and the client still reads.</summary>
    internal bool AnswersPings => !Aborted && !Closed.IsCompleted && !HoldsClientMessages && !HoldsServerMessages && !StuckWrites
        && _toClient.RoomAsync().IsCompleted;

    /// <summary>Completes when a server that is not a test may send more.</summary>
    internal Task RoomForMoreAsync() => _toClient.RoomAsync();

    internal void EndReading() => _fromClient.End(null);

    internal async ValueTask<MemoryFrame> ReadForClientAsync()
    {
        while (await _toClient.WaitToReadAsync().ConfigureAwait(false))
        {
            lock (_gate) ThrowIfAborted();
            if (_toClient.TryRead(out var frame)) return frame;
        }

        throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
    }

    internal async ValueTask TakeFromClientAsync(ReadOnlyMemory<byte> message)
    {
        TaskCompletionSource? stuck;
        lock (_gate) stuck = _stuckWrites;
        if (stuck is not null) await stuck.Task.ConfigureAwait(false);

        lock (_gate)
        {
            ThrowIfAborted();
            if (_broken is not null) throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely, _broken);
            if (_closed.Task.IsCompleted) throw new WebSocketException(WebSocketError.InvalidState);
            _fromClient.Write(new MemoryFrame(message.ToArray()));
        }
    }

    /// <summary>Takes the client's farewell; the task completes with the answer.</summary>
    internal Task CloseFromClient()
    {
        var isAnswered = AnswersClose && !HoldsClientMessages && !HoldsServerMessages;
        if (_closed.TrySetResult()) _fromClient.End(null);
        if (isAnswered) Close();
        return _closeAnswered.Task;
    }

    internal void AbortFromClient()
    {
        TaskCompletionSource? stuck;
        lock (_gate)
        {
            if (_isAborted) return;
            _isAborted = true;
            stuck = _stuckWrites;
        }

        _toClient.End(new WebSocketException(WebSocketError.ConnectionClosedPrematurely));
        _fromClient.End(null);
        _closed.TrySetResult();
        _closeAnswered.TrySetResult();
        stuck?.TrySetResult();
    }

    internal void ReleaseClient()
    {
        _toClient.End(new ObjectDisposedException(nameof(ITransport)));
        _closed.TrySetResult();
    }

    private void ThrowIfAborted()
    {
        if (_isAborted) throw new WebSocketException(WebSocketError.InvalidState, "The socket was aborted.");
    }
}

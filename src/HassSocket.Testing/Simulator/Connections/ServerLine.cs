namespace HassSocket.Testing.Simulator;

/// <summary>The server's side of one socket, whatever is spoken over it: what waits to be said, what is held back, and how it ends.</summary>
internal sealed class ServerLine
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(10);

    private readonly Ticks _ticks;
    private readonly TimeProvider _time;
    private readonly ILineOwner _owner;
    private readonly List<ServerFrame> _unseen = [];
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _willFlush;
    private bool _isFrozen;
    private ITimer? _closing;

    public ServerLine(Ticks ticks, TimeProvider time, IServerSocket socket, ILineOwner owner)
    {
        (_ticks, _time, Socket, _owner) = (ticks, time, socket, owner);
        Outbox = new Outbox(socket);
        socket.SignOfLife = () =>
        {
            if (!IsDeaf) _owner.NoteLife();
        };
    }

    public IServerSocket Socket { get; }

    public Outbox Outbox { get; }

    /// <summary>Whether nothing that comes is looked at any more.</summary>
    public bool IsClosing { get; private set; }

    public bool IsOpen => !_gone.Task.IsCompleted;

    public Task Gone => _gone.Task;

    /// <summary>Whether what the client sends is not seen.</summary>
    public bool HoldsClientMessages { get; private set; }

    /// <summary>Whether what the server says stays here.</summary>
    public bool HoldsServerMessages { get; private set; }

    private bool IsDeaf => HoldsClientMessages || _isFrozen;

    /// <summary>Serves the client until it, or the server, ends the connection.</summary>
    public async Task RunAsync(Action begin)
    {
        try
        {
            _ticks.Run(begin);
            while (await Socket.ReceiveAsync().ConfigureAwait(false) is { } frame) _ticks.Run(() => ReceiveAll(frame));
        }
        catch
        {
            // A mistake of the server, or of a test's code in it, must not leave a client that waits on a line without anybody.
            Socket.Abort(isReset: false);
            throw;
        }
        finally
        {
            _ticks.Run(Leave);
            await Outbox.Sending.ConfigureAwait(false);
        }
    }

    /// <summary>Sends a message at the end of the current piece of work.</summary>
    /// <returns>How many wait now.</returns>
    public int Send(byte[] message)
    {
        var waiting = Outbox.Add(message);
        if (_willFlush) return waiting;
        _willFlush = true;
        _ticks.Afterwards(Flush);
        return waiting;
    }

    public void Close(int code, string reason, bool dropsWaiting = true) => _ticks.Run(() =>
    {
        // One that is gone has nothing to close, and its time would never be stopped.
        if (!IsOpen) return;
        IsClosing = true;
        _owner.EndWork();
        Outbox.Close(code, reason, dropsWaiting);
        _closing ??= _time.CreateTimer(_ => Break(isReset: false), null, CloseTimeout, Timeout.InfiniteTimeSpan);
        _ticks.Afterwards(Outbox.Flush);
    });

    /// <summary>Breaks the line without a close frame.</summary>
    public void Break(bool isReset)
    {
        if (!IsOpen) return;
        _ticks.Run(() =>
        {
            IsClosing = true;
            _owner.EndWork();
            Outbox.Abandon();
        });
        Socket.Abort(isReset);
    }

    public void HoldServerMessages(bool isHeld) => _ticks.Run(() =>
    {
        HoldsServerMessages = isHeld;
        Settle();
    });

    public void HoldClientMessages(bool isHeld) => _ticks.Run(() =>
    {
        HoldsClientMessages = isHeld;
        Settle();
    });

    /// <summary>Stands still in both directions, or goes on.</summary>
    public void Freeze(bool isFrozen) => _ticks.Run(() =>
    {
        _isFrozen = isFrozen;
        Settle();
    });

    /// <summary>Hands a message to the owner, now or when the line is not held any more.</summary>
    public void Receive(ServerFrame frame)
    {
        if (IsClosing) return;
        if (IsDeaf) _unseen.Add(frame);
        else _owner.Take(frame);
    }

    /// <summary>Lets pass what is not held any more.</summary>
    private void Settle()
    {
        Outbox.IsHeld = HoldsServerMessages || _isFrozen;
        _ticks.Afterwards(Outbox.Flush);
        if (IsDeaf || _unseen.Count == 0) return;
        _owner.NoteLife();
        var unseen = _unseen.ToArray();
        _unseen.Clear();
        foreach (var frame in unseen) Receive(frame);
    }

    private void Flush()
    {
        _willFlush = false;
        Outbox.Flush();
        _owner.AfterFlush();
    }

    private void ReceiveAll(ServerFrame frame)
    {
        do Receive(frame);
        while (Socket.TryReceive(out frame));
    }

    private void Leave()
    {
        _owner.EndWork();
        _owner.Leave();
        _closing?.Dispose();
        Outbox.Abandon();
        _gone.TrySetResult();
    }
}

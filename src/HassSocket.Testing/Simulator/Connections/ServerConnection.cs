using System.Text;

namespace HassSocket.Testing.Simulator;

/// <summary>One life of one socket on the server's side: the auth phase, then commands, whatever carries the bytes.</summary>
internal sealed class ServerConnection
{
    /// <summary>A message of so many bytes, or more, costs the connection.</summary>
    public const int LongestMessage = 4 * 1024 * 1024;

    private const int TooBig = 1009;

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(10);

    private readonly IServerSocket _socket;
    private readonly Outbox _outbox;
    private readonly AuthPhase _auth;
    private readonly CommandPhase _commands;
    private readonly ServerHeartbeat _heartbeat;
    private readonly QueueGuard _queue;
    private readonly ServerSubscriptions _subscriptions = new();
    private readonly List<ServerFrame> _unseen = [];
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isClosing;
    private bool _willFlush;
    private bool _isFrozen;
    private ITimer? _closing;

    public ServerConnection(House house, int number, IServerSocket socket)
    {
        (House, Number, _socket) = (house, number, socket);
        _outbox = new Outbox(socket);
        _auth = new AuthPhase(this);
        _commands = new CommandPhase(this);
        _heartbeat = new ServerHeartbeat(house, Ping, Drop);
        _queue = new QueueGuard(house, () => _outbox.Waiting, ThrowOut);
        socket.SignOfLife = NoteLife;
        Face = new SimulatedConnection(this);
    }

    public House House { get; }

    public int Number { get; }

    public SimulatedConnection Face { get; }

    /// <summary>What the client logged in with; <see langword="null"/> before that.</summary>
    public RefreshToken? Login { get; set; }

    public SimulatedUser? User => Login?.User;

    /// <summary>Whether nothing that comes is looked at any more.</summary>
    public bool IsClosing => _isClosing;

    public bool IsOpen => !_gone.Task.IsCompleted;

    public Task Gone => _gone.Task;

    public int SubscriptionCount => House.Ticks.Run(() => _subscriptions.Count);

    /// <summary>Whether what the client sends is not seen.</summary>
    public bool HoldsClientMessages { get; private set; }

    /// <summary>Whether what the house says stays here.</summary>
    public bool HoldsServerMessages { get; private set; }

    /// <summary>Whether too many messages waited for the client.</summary>
    public bool WasThrownOut { get; private set; }

    public IServerSocket Socket => _socket;

    public bool Coalesces
    {
        set => _outbox.Coalesces = value;
    }

    public void LoseHalfOfNextBatch() => _outbox.LoseHalfOfNextBatch();

    /// <summary>Serves the client until it, or the house, ends the connection.</summary>
    public async Task RunAsync()
    {
        try
        {
            _heartbeat.Begin();
            House.Ticks.Run(_auth.Begin);
            while (await _socket.ReceiveAsync().ConfigureAwait(false) is { } frame) House.Ticks.Run(() => ReceiveAll(frame));
        }
        finally
        {
            House.Ticks.Run(Leave);
            await _outbox.Sending.ConfigureAwait(false);
        }
    }

    /// <summary>Sends a message at the end of the current piece of work.</summary>
    public void Send(byte[] message)
    {
        _queue.AfterAdding(_outbox.Add(message));
        if (_willFlush) return;
        _willFlush = true;
        House.Ticks.Afterwards(Flush);
    }

    public void SendRaw(string text) => House.Ticks.Run(() => Send(Encoding.UTF8.GetBytes(text)));

    /// <summary>Remembers how a subscription is ended.</summary>
    public void Subscribe(ulong id, Action unsubscribe) => _subscriptions.Add(id, unsubscribe);

    public bool Unsubscribe(ulong id) => _subscriptions.End(id);

    public void Close(int code = 1000, string reason = "", bool dropsWaiting = true) => House.Ticks.Run(() =>
    {
        // One that is gone has nothing to close, and its time would never be stopped.
        if (!IsOpen) return;
        _isClosing = true;
        _subscriptions.EndAll();
        _outbox.Close(code, reason, dropsWaiting);
        _closing ??= House.Time.CreateTimer(_ => Drop(), null, CloseTimeout, Timeout.InfiniteTimeSpan);
        House.Ticks.Afterwards(_outbox.Flush);
    });

    public void Drop() => Break(isReset: false);

    /// <summary>Breaks the line without a close frame.</summary>
    public void Break(bool isReset)
    {
        if (!IsOpen) return;
        House.Ticks.Run(() =>
        {
            _isClosing = true;
            _subscriptions.EndAll();
            _outbox.Abandon();
        });
        _socket.Abort(isReset);
    }

    public void HoldServerMessages(bool isHeld) => House.Ticks.Run(() =>
    {
        HoldsServerMessages = isHeld;
        Settle();
    });

    public void HoldClientMessages(bool isHeld) => House.Ticks.Run(() =>
    {
        HoldsClientMessages = isHeld;
        Settle();
    });

    /// <summary>Stands still in both directions, or goes on.</summary>
    public void Freeze(bool isFrozen) => House.Ticks.Run(() =>
    {
        _isFrozen = isFrozen;
        Settle();
    });

    /// <summary>Takes a frame in the phase that the connection is in.</summary>
    public void Receive(ServerFrame frame)
    {
        if (_isClosing) return;
        if (IsDeaf)
        {
            _unseen.Add(frame);
            return;
        }

        if (frame.Data.Length >= LongestMessage)
        {
            Close(TooBig);
            return;
        }

        if (User is not null && frame is { IsBinary: true, Data.Length: > 0 }) return;
        if (_auth.IsUndecided)
        {
            _auth.Postpone(frame);
            return;
        }

        if (frame.IsBinary || ReceivedJson.Parse(frame.Data) is not { } message)
        {
            Close();
            return;
        }

        House.Log.Add(new ReceivedMessage(Number, Encoding.UTF8.GetString(frame.Data.Span), House.Now));
        if (User is null) _auth.Take(message);
        else _commands.Take(message);
    }

    private bool IsDeaf => HoldsClientMessages || _isFrozen;

    /// <summary>Lets pass what is not held any more.</summary>
    private void Settle()
    {
        _outbox.IsHeld = HoldsServerMessages || _isFrozen;
        House.Ticks.Afterwards(_outbox.Flush);
        if (IsDeaf || _unseen.Count == 0) return;
        _heartbeat.Sign();
        var unseen = _unseen.ToArray();
        _unseen.Clear();
        foreach (var frame in unseen) Receive(frame);
    }

    private void NoteLife()
    {
        if (!IsDeaf) _heartbeat.Sign();
    }

    private void Ping()
    {
        if (!HoldsServerMessages && !_isClosing) House.Own(_socket.PingAsync().AsTask());
    }

    private void Flush()
    {
        _willFlush = false;
        _outbox.Flush();
        _queue.AfterWriting();
    }

    private void ThrowOut()
    {
        if (_isClosing) return;
        WasThrownOut = true;
        Close();
    }

    private void ReceiveAll(ServerFrame frame)
    {
        do Receive(frame);
        while (_socket.TryReceive(out frame));
    }

    private void Leave()
    {
        _subscriptions.EndAll();
        _auth.End();
        _heartbeat.End();
        _queue.Rest();
        _closing?.Dispose();
        _outbox.Abandon();
        _gone.TrySetResult();
    }
}

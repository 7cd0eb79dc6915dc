using System.Text;

namespace HassSocket.Testing.Simulator;

/// <summary>One life of one socket in the house: the auth phase, then commands, whatever carries the bytes.</summary>
internal sealed class ServerConnection : ILineOwner
{
    /// <summary>A message of so many bytes, or more, costs the connection.</summary>
    public const int LongestMessage = 4 * 1024 * 1024;

    private const int TooBig = 1009;

    private readonly ServerLine _line;
    private readonly AuthPhase _auth;
    private readonly CommandPhase _commands;
    private readonly ServerHeartbeat _heartbeat;
    private readonly QueueGuard _queue;
    private readonly ServerSubscriptions _subscriptions = new();

    public ServerConnection(House house, int number, IServerSocket socket)
    {
        (House, Number) = (house, number);
        _line = new ServerLine(house.Ticks, house.Time, socket, this);
        _auth = new AuthPhase(this);
        _commands = new CommandPhase(this);
        _heartbeat = new ServerHeartbeat(house, Ping, Drop);
        _queue = new QueueGuard(house, () => _line.Outbox.Waiting, ThrowOut);
        Face = new SimulatedConnection(this);
    }

    public House House { get; }

    public int Number { get; }

    public SimulatedConnection Face { get; }

    /// <summary>What the client logged in with; <see langword="null"/> before that.</summary>
    public RefreshToken? Login { get; set; }

    public SimulatedUser? User => Login?.User;

    /// <summary>Whether nothing that comes is looked at any more.</summary>
    public bool IsClosing => _line.IsClosing;

    public bool IsOpen => _line.IsOpen;

    public Task Gone => _line.Gone;

    public int SubscriptionCount => House.Ticks.Run(() => _subscriptions.Count);

    /// <summary>Whether what the client sends is not seen.</summary>
    public bool HoldsClientMessages => _line.HoldsClientMessages;

    /// <summary>Whether what the house says stays here.</summary>
    public bool HoldsServerMessages => _line.HoldsServerMessages;

    /// <summary>Whether too many messages waited for the client.</summary>
    public bool WasThrownOut { get; private set; }

    public IServerSocket Socket => _line.Socket;

    public bool Coalesces
    {
        set => _line.Outbox.Coalesces = value;
    }

    public void LoseHalfOfNextBatch() => _line.Outbox.LoseHalfOfNextBatch();

    /// <summary>Serves the client until it, or the house, ends the connection.</summary>
    public Task RunAsync()
    {
        _heartbeat.Begin();
        return _line.RunAsync(_auth.Begin);
    }

    /// <summary>Sends a message at the end of the current piece of work.</summary>
    public void Send(byte[] message) => _queue.AfterAdding(_line.Send(message));

    public void SendRaw(string text) => House.Ticks.Run(() => Send(Encoding.UTF8.GetBytes(text)));

    /// <summary>Remembers how a subscription is ended.</summary>
    public void Subscribe(ulong id, Action unsubscribe) => _subscriptions.Add(id, unsubscribe);

    public bool Unsubscribe(ulong id) => _subscriptions.End(id);

    public void Close(int code = 1000, string reason = "", bool dropsWaiting = true) => _line.Close(code, reason, dropsWaiting);

    public void Drop() => Break(isReset: false);

    /// <summary>Breaks the line without a close frame.</summary>
    public void Break(bool isReset) => _line.Break(isReset);

    public void HoldServerMessages(bool isHeld) => _line.HoldServerMessages(isHeld);

    public void HoldClientMessages(bool isHeld) => _line.HoldClientMessages(isHeld);

    /// <summary>Stands still in both directions, or goes on.</summary>
    public void Freeze(bool isFrozen) => _line.Freeze(isFrozen);

    /// <summary>Takes a frame, at once or when the line is not held any more.</summary>
    public void Receive(ServerFrame frame) => _line.Receive(frame);

    /// <summary>Takes a frame in the phase that the connection is in.</summary>
    void ILineOwner.Take(ServerFrame frame)
    {
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

    void ILineOwner.NoteLife() => _heartbeat.Sign();

    void ILineOwner.AfterFlush() => _queue.AfterWriting();

    void ILineOwner.EndWork() => _subscriptions.EndAll();

    void ILineOwner.Leave()
    {
        _auth.End();
        _heartbeat.End();
        _queue.Rest();
    }

    private void Ping()
    {
        if (!HoldsServerMessages && !IsClosing) House.Own(Socket.PingAsync().AsTask());
    }

    private void ThrowOut()
    {
        if (IsClosing) return;
        WasThrownOut = true;
        Close();
    }
}

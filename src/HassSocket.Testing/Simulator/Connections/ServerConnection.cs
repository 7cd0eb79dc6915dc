using System.Text;
using System.Text.Json;

namespace HassSocket.Testing.Simulator;

/// <summary>One life of one socket on the server's side: the auth phase, then commands, whatever carries the bytes.</summary>
internal sealed class ServerConnection
{
    // The real server's parser goes much deeper than .NET's default of 64.
    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = 1000 };

    private readonly IServerSocket _socket;
    private readonly Outbox _outbox;
    private readonly AuthPhase _auth;
    private readonly CommandPhase _commands;
    private readonly Dictionary<ulong, Action> _subscriptions = [];
    private readonly List<ServerFrame> _unseen = [];
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isClosing;

    public ServerConnection(House house, int number, IServerSocket socket)
    {
        (House, Number, _socket) = (house, number, socket);
        _outbox = new Outbox(socket);
        _auth = new AuthPhase(this);
        _commands = new CommandPhase(this);
        Face = new SimulatedConnection(this);
    }

    public House House { get; }

    public int Number { get; }

    public SimulatedConnection Face { get; }

    public SimulatedUser? User { get; set; }

    public bool IsOpen => !_gone.Task.IsCompleted;

    public Task Gone => _gone.Task;

    public int SubscriptionCount => House.Ticks.Run(() => _subscriptions.Count);

    public bool IsBlackHole => _outbox.IsHeld;

    public bool Coalesces
    {
        set => _outbox.Coalesces = value;
    }

    /// <summary>Serves the client until it, or the house, ends the connection.</summary>
    public async Task RunAsync()
    {
        try
        {
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
        _outbox.Add(message);
        House.Ticks.Afterwards(_outbox.Flush);
    }

    public void SendRaw(string text) => House.Ticks.Run(() => Send(Encoding.UTF8.GetBytes(text)));

    /// <summary>Remembers how a subscription is ended.</summary>
    public void Subscribe(ulong id, Action unsubscribe) => _subscriptions[id] = unsubscribe;

    public bool Unsubscribe(ulong id)
    {
        if (!_subscriptions.Remove(id, out var unsubscribe)) return false;
        unsubscribe();
        return true;
    }

    public void Close(int code = 1000, string reason = "", bool dropsWaiting = true) => House.Ticks.Run(() =>
    {
        _isClosing = true;
        EndSubscriptions();
        _outbox.Close(code, reason, dropsWaiting);
        House.Ticks.Afterwards(_outbox.Flush);
    });

    public void Drop()
    {
        if (!IsOpen) return;
        House.Ticks.Run(() =>
        {
            _isClosing = true;
            EndSubscriptions();
            _outbox.Abandon();
        });
        _socket.Abort();
    }

    public void SetBlackHole(bool isBlackHole) => House.Ticks.Run(() =>
    {
        _outbox.IsHeld = isBlackHole;
        if (isBlackHole) return;
        var unseen = _unseen.ToArray();
        _unseen.Clear();
        foreach (var frame in unseen) Receive(frame);
        House.Ticks.Afterwards(_outbox.Flush);
    });

    /// <summary>Takes a frame in the phase that the connection is in.</summary>
    public void Receive(ServerFrame frame)
    {
        if (_isClosing) return;
        if (IsBlackHole)
        {
            _unseen.Add(frame);
            return;
        }

        if (User is not null && frame is { IsBinary: true, Data.Length: > 0 }) return;
        if (_auth.IsUndecided)
        {
            _auth.Postpone(frame);
            return;
        }

        if (frame.IsBinary || Parse(frame) is not { } message)
        {
            Close();
            return;
        }

        House.Log.Add(new ReceivedMessage(Number, Encoding.UTF8.GetString(frame.Data.Span), House.Now));
        if (User is null) _auth.Take(message);
        else _commands.Take(message);
    }

    private void ReceiveAll(ServerFrame frame)
    {
        do Receive(frame);
        while (_socket.TryReceive(out frame));
    }

    private static JsonElement? Parse(ServerFrame frame)
    {
        try
        {
            using var document = JsonDocument.Parse(frame.Data, JsonOptions);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Leave()
    {
        EndSubscriptions();
        _auth.End();
        _outbox.Abandon();
        _gone.TrySetResult();
    }

    private void EndSubscriptions()
    {
        foreach (var unsubscribe in _subscriptions.Values) unsubscribe();
        _subscriptions.Clear();
    }
}

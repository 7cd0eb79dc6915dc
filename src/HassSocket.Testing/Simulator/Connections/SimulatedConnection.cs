using HassSocket.Testing.Simulator;

namespace HassSocket.Testing;

/// <summary>One connection to the house, open or gone, in the hands of a test.</summary>
public sealed class SimulatedConnection
{
    private readonly ServerConnection _connection;

    internal SimulatedConnection(ServerConnection connection) => _connection = connection;

    /// <summary>Counts the connections of the house, from 1.</summary>
    public int Number => _connection.Number;

    /// <summary>Who is logged in; <see langword="null"/> before that.</summary>
    public SimulatedUser? User => _connection.User;

    /// <summary>Whether the connection is still there.</summary>
    public bool IsOpen => _connection.IsOpen;

    /// <summary>Completes when the connection is gone, whoever ended it.</summary>
    public Task Gone => _connection.Gone;

    /// <summary>How many subscriptions the client holds here.</summary>
    public int Subscriptions => _connection.SubscriptionCount;

    /// <summary>What the client sent here, in order.</summary>
    public IReadOnlyList<ReceivedMessage> Received => _connection.House.Log.Of(Number);

    /// <summary>Whether the line is dead without anybody being told: what the client sends is not seen, what the house says stays here.</summary>
    /// <value>Default: <see langword="false"/>. Setting it back lets everything pass, in order.</value>
    public bool BlackHole
    {
        get => HoldsClientMessages && HoldsServerMessages;
        set => HoldsClientMessages = HoldsServerMessages = value;
    }

    /// <summary>Whether what the client sends is not seen; one direction of <see cref="BlackHole"/>.</summary>
    public bool HoldsClientMessages
    {
        get => _connection.HoldsClientMessages;
        set => _connection.HoldClientMessages(value);
    }

    /// <summary>Whether what the house says, its pings included, stays here; one direction of <see cref="BlackHole"/>.</summary>
    public bool HoldsServerMessages
    {
        get => _connection.HoldsServerMessages;
        set => _connection.HoldServerMessages(value);
    }

    /// <summary>Whether every byte leaves by itself, so that the client sees frames in pieces; on a real socket only.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool Dribbles
    {
        get => _connection.Socket is WebSocketServerSocket { Dribbles: true };
        set
        {
            if (_connection.Socket is WebSocketServerSocket socket) socket.Dribbles = value;
        }
    }

    /// <summary>What the client sent here, command by command.</summary>
    public SentCommands Sent => _connection.House.Face.Sent.On(Number);

    /// <summary>Lets the first half of the next array of messages leave, and loses the rest; for clients that take arrays.</summary>
    public void LoseHalfOfNextBatch() => _connection.LoseHalfOfNextBatch();

    /// <summary>Whether the house threw the client out because too many messages waited for it.</summary>
    public bool WasThrownOut => _connection.WasThrownOut;

    /// <summary>Sends anything: garbage, half a message, a made-up event.</summary>
    /// <param name="text">The text of the frame.</param>
    public void SendRaw(string text) => _connection.SendRaw(text);

    /// <summary>Closes the connection; what waits to be sent is lost, as with the real server.</summary>
    /// <param name="code">The close code.</param>
    /// <param name="reason">The text that goes with it.</param>
    public void Close(int code = 1000, string reason = "") => _connection.Close(code, reason);

    /// <summary>Breaks the line without a close frame.</summary>
    public void Drop() => _connection.Drop();

    /// <summary>Breaks the line with a reset.</summary>
    public void Reset() => _connection.Break(isReset: true);
}

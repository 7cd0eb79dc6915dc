using HassSocket.Testing.Trpc;

namespace HassSocket.Testing;

/// <summary>One connection to a <see cref="FakeTrpcServer"/>, open or gone, in the hands of a test.</summary>
public sealed class FakeTrpcConnection
{
    private readonly TrpcConnection _connection;

    internal FakeTrpcConnection(TrpcConnection connection) => _connection = connection;

    /// <summary>Counts the connections of the server, from 1.</summary>
    public int Number => _connection.Number;

    /// <summary>The address that the client dialled.</summary>
    public Uri Url => _connection.Dial.Url;

    /// <summary>The headers of the upgrade, cookies included, by name in any case.</summary>
    public IReadOnlyDictionary<string, string> Headers => _connection.Dial.Headers;

    /// <summary>The cookies of the upgrade.</summary>
    public IReadOnlyDictionary<string, string> Cookies => _connection.Dial.Cookies;

    /// <summary>What the client told in its first message.</summary>
    /// <value>Empty where it told nothing; set before the connection is admitted.</value>
    public IReadOnlyDictionary<string, string> ConnectionParams => _connection.Params;

    /// <summary>Whether the connection is still there.</summary>
    public bool IsOpen => _connection.Line.IsOpen;

    /// <summary>Completes when the connection is gone, whoever ended it.</summary>
    public Task Gone => _connection.Line.Gone;

    /// <summary>How many subscriptions run here.</summary>
    public int Subscriptions => _connection.SubscriptionCount;

    /// <summary>What the client sent here, in order.</summary>
    public IReadOnlyList<ReceivedMessage> Received => _connection.Office.Log.Of(Number);

    /// <summary>Whether the line is dead without anybody being told: what the client sends is not seen, what the server says stays here.</summary>
    /// <value>Default: <see langword="false"/>. Setting it back lets everything pass, in order.</value>
    public bool BlackHole
    {
        get => HoldsClientMessages && HoldsServerMessages;
        set => HoldsClientMessages = HoldsServerMessages = value;
    }

    /// <summary>Whether what the client sends is not seen; one direction of <see cref="BlackHole"/>.</summary>
    public bool HoldsClientMessages
    {
        get => _connection.Line.HoldsClientMessages;
        set => _connection.Line.HoldClientMessages(value);
    }

    /// <summary>Whether what the server says stays here; one direction of <see cref="BlackHole"/>.</summary>
    public bool HoldsServerMessages
    {
        get => _connection.Line.HoldsServerMessages;
        set => _connection.Line.HoldServerMessages(value);
    }

    /// <summary>Asks the client to connect anew, as a server does before it shuts down: <c>{"id":null,"method":"reconnect"}</c>. Nothing else changes.</summary>
    public void AskToReconnect() => SendRaw("""{"id":null,"method":"reconnect"}""");

    /// <summary>Sends anything: garbage, half a message, a made-up answer.</summary>
    /// <param name="text">The text of the frame.</param>
    public void SendRaw(string text) => _connection.SendRaw(text);

    /// <summary>Closes the connection.</summary>
    /// <param name="code">The close code; 1005 closes without one, as tRPC itself does.</param>
    /// <param name="reason">The text that goes with it.</param>
    public void Close(int code = 1005, string reason = "") => _connection.Line.Close(code, reason);

    /// <summary>Breaks the line without a close frame.</summary>
    public void Drop() => _connection.Line.Break(isReset: false);

    /// <summary>Breaks the line with a reset.</summary>
    public void Reset() => _connection.Line.Break(isReset: true);
}

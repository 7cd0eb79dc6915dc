namespace HassSocket.Testing.Simulator;

/// <summary>The server's end of one socket, in memory or real.</summary>
internal interface IServerSocket
{
    /// <summary>Called whenever anything comes from the client, an answer to a ping included; set once, before the first receive.</summary>
    Action SignOfLife { set; }

    /// <summary>Reads one whole message; <see langword="null"/> when the client is gone.</summary>
    ValueTask<ServerFrame?> ReceiveAsync();

    /// <summary>Takes a message that has arrived already, so that what a client sent at once is worked on at once.</summary>
    bool TryReceive(out ServerFrame frame);

    /// <summary>Sends one text message, and waits while the line takes no more; one caller at a time.</summary>
    ValueTask SendAsync(ReadOnlyMemory<byte> message);

    /// <summary>Sends a ping frame, between whole messages.</summary>
    ValueTask PingAsync();

    /// <summary>Sends the close frame.</summary>
    ValueTask CloseAsync(int code, string reason);

    /// <summary>Breaks the line without a farewell.</summary>
    /// <param name="isReset">Whether the client is told by a reset instead of an orderly end of the stream.</param>
    void Abort(bool isReset);
}

/// <summary>One message of a client.</summary>
internal readonly record struct ServerFrame(ReadOnlyMemory<byte> Data, bool IsBinary = false);

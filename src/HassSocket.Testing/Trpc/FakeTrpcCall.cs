using System.Text.Json;

namespace HassSocket.Testing;

/// <summary>One request of a client, in the hands of a procedure, or of a test that looks at what was asked.</summary>
public sealed class FakeTrpcCall
{
    internal FakeTrpcCall(FakeTrpcConnection connection, string method, string path, DateTimeOffset at) =>
        (Connection, Method, Path, At) = (connection, method, path, at);

    /// <summary>Where it came from.</summary>
    public FakeTrpcConnection Connection { get; }

    /// <summary><c>query</c>, <c>mutation</c> or <c>subscription</c>.</summary>
    public string Method { get; }

    /// <summary>The procedure that was asked for, such as <c>post.byId</c>.</summary>
    public string Path { get; }

    /// <summary>When it came, by the clock of the server.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The input, taken out of superjson's envelope, and with <c>lastEventId</c> as a member where the client sent one, as procedures of a real server see it.</summary>
    /// <value><see cref="JsonValueKind.Undefined"/> where there is none.</value>
    public JsonElement Input { get; internal init; }

    /// <summary>The input as it came over the wire, superjson's tags included.</summary>
    /// <value><see cref="JsonValueKind.Undefined"/> where there is none.</value>
    public JsonElement RawInput { get; internal init; }

    /// <summary>Behind which item the client wants a subscription to go on.</summary>
    /// <value><see langword="null"/> for the beginning.</value>
    public string? LastEventId { get; internal init; }

    /// <summary>Cancelled when the client stops the subscription, or when its connection is gone.</summary>
    public CancellationToken Stopped { get; internal init; }

    /// <summary>Method, path, connection and time; never the input.</summary>
    public override string ToString() => $"{Method} {Path} on connection {Connection.Number} at {At:HH:mm:ss.fff}";
}

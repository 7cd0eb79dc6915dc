using System.Text.Json.Nodes;

namespace HassSocket.Testing;

/// <summary>Thrown by a procedure, or by what admits a connection, to answer with an error.</summary>
/// <remarks>Over the wire: <c>{"message":"…","code":-32003,"data":{"code":"FORBIDDEN","httpStatus":403,"path":"…"}}</c>. Any other exception of a procedure is answered as INTERNAL_SERVER_ERROR.</remarks>
public sealed class FakeTrpcErrorException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="key">The word for the kind of error, such as <c>FORBIDDEN</c>. One that tRPC does not know goes out without a number, as a real server does it.</param>
    /// <param name="message">The text; the word itself by default.</param>
    public FakeTrpcErrorException(string key, string? message = null)
        : base(message ?? key) => Key = key;

    /// <summary>The word for the kind of error.</summary>
    public string Key { get; }

    /// <summary>What the server adds to <c>data</c>, such as the list of what is wrong with an input.</summary>
    /// <value>Default: nothing.</value>
    public JsonObject? Details { get; init; }
}

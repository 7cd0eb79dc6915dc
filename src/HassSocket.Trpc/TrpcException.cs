using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace HassSocket.Trpc;

/// <summary>The server refused a request, or the procedure failed; the connection lives on.</summary>
/// <remarks>
/// Over the wire: <c>{"id":7,"error":{"message":"…","code":-32004,"data":{"code":"NOT_FOUND","httpStatus":404,"path":"user.byId"}}}</c>.
/// Decide by <see cref="Key"/>: the number is shared by several keys, and texts belong to the server. An error that the server sends
/// before it hangs up, such as UNAUTHORIZED for the whole connection, is the reason of every call in flight there.
/// </remarks>
public sealed class TrpcException : CommandFailedException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="path">The procedure; <see langword="null"/> when the server did not say which.</param>
    /// <param name="key">The word for the kind of error, such as <c>NOT_FOUND</c>.</param>
    /// <param name="serverMessage">The server's own text.</param>
    [SetsRequiredMembers]
    public TrpcException(string? path, string key, string serverMessage)
        : base($"{(path is null ? "The tRPC server refused the connection or a request" : $"'{path}' failed")} ({key}): {serverMessage}")
    {
        Command = path;
        Path = path;
        Code = key;
        ServerMessage = serverMessage;
    }

    /// <summary>The word for the kind of error (<c>data.code</c>), such as <c>NOT_FOUND</c>; an open set, a server may have words of its own.</summary>
    /// <value>Where the server sent none: the one that its number stands for, or empty.</value>
    public string Key => Code;

    /// <summary>The number for the kind of error, such as −32004; <see langword="null"/> where the server sent none.</summary>
    public int? NumericCode { get; init; }

    /// <summary>The HTTP status that goes with it, such as 404; <see langword="null"/> where the server sent none.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The procedure that failed, as the server names it, or as it was asked for; <see langword="null"/> when neither is known.</summary>
    public string? Path { get; init; }

    /// <summary>All of the error's <c>data</c>, what the server adds included: validation details, for example. Undefined where there is none.</summary>
    public JsonElement Details { get; init; }
}

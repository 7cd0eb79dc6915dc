using System.Buffers;
using System.Text.Json;
using HassSocket.Dialect;

namespace HassSocket;

/// <summary>A command to Home Assistant whose result is read as <typeparamref name="TResult"/>.</summary>
/// <typeparam name="TResult">What the member <c>result</c> of the answer is read as; <see cref="Acknowledgement"/> where it is null.</typeparam>
/// <remarks>Answered by <c>{"id":7,"type":"result","success":true,"result":…}</c>.</remarks>
public abstract record HassCommand<TResult> : HassCommand
{
    /// <summary>Reads the result; runs where the command is awaited, never on the read loop.</summary>
    /// <param name="reader">Stands on the first token of the result (on <c>null</c> where the server gave none).</param>
    /// <exception cref="JsonException">The result is not what was expected.</exception>
    protected internal abstract TResult ReadResult(ref Utf8JsonReader reader);

    // For results that are better read in another way than token by token.
    internal virtual TResult ReadPayload(in ReadOnlySequence<byte> result)
    {
        var reader = JsonScan.StartReading(result);
        return ReadResult(ref reader);
    }
}

using System.Text.Json.Serialization.Metadata;

namespace HassSocket.Trpc;

/// <summary>A procedure of the server, its input, and how to wait for the answer.</summary>
/// <remarks>
/// Over the wire: <c>{"id":7,"method":"query","params":{"path":"user.byId","input":{"id":5}}}</c>. Immutable, and may be used again;
/// the input is written anew each time, so it must not be changed while a subscription uses it.
/// </remarks>
public sealed record TrpcRequest
{
    /// <summary>Creates a request without input.</summary>
    /// <param name="path">The procedure: the names of its routers and its own, joined with dots, such as <c>user.byId</c>.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public TrpcRequest(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = path;
    }

    /// <summary>The procedure, such as <c>user.byId</c>.</summary>
    public string Path { get; }

    /// <summary>Behind which tracked item a subscription begins, as when a program goes on where an earlier run of it ended.</summary>
    /// <value>Default: <see langword="null"/>, the beginning.</value>
    public string? LastEventId { get; init; }

    /// <summary>How long to wait for the answer of a call, from the write.</summary>
    /// <value>Default: <see langword="null"/>, <see cref="ConnectionOptions.ExpectResponseAfter"/>; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</value>
    public TimeSpan? ExpectResponseAfter { get; init; }

    /// <summary>What becomes of a call without a connection: <see cref="WhenUnavailable.Wait"/> or <see cref="WhenUnavailable.Fail"/>.</summary>
    /// <value>Default: <see langword="null"/>, <see cref="ConnectionOptions.WhenDisconnected"/>.</value>
    public WhenUnavailable? WhenDisconnected { get; init; }

    /// <summary>What becomes of a call during a pause: <see cref="WhenUnavailable.Fail"/> or <see cref="WhenUnavailable.Wait"/>.</summary>
    /// <value>Default: <see langword="null"/>, <see cref="ConnectionOptions.WhenPaused"/>.</value>
    public WhenUnavailable? WhenPaused { get; init; }

    internal TrpcInput? Input { get; private init; }

    /// <summary>The same request with an input.</summary>
    /// <typeparam name="TInput">The model of the input.</typeparam>
    /// <param name="input">The input; <see langword="null"/> is JSON's null, which is not the same as none.</param>
    /// <param name="typeInfo">How to write it.</param>
    public TrpcRequest WithInput<TInput>(TInput input, JsonTypeInfo<TInput> typeInfo) => WithInput(input, (JsonTypeInfo)typeInfo);

    internal TrpcRequest WithInput(object? input, JsonTypeInfo typeInfo)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        return this with { Input = new TrpcInput(input, typeInfo) };
    }
}

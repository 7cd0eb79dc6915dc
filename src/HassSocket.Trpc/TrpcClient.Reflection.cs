using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using HassSocket.Trpc.Dialect;

namespace HassSocket.Trpc;

public sealed partial class TrpcClient
{
    private const string Reflection =
        "Models are read and written by reflection. In a trimmed or natively compiled program use the members that take a TrpcRequest and a JsonTypeInfo.";

    /// <summary>Asks a query and awaits its answer.</summary>
    /// <typeparam name="TResult">What the procedure returns.</typeparam>
    /// <param name="path">The procedure, such as <c>user.byId</c>.</param>
    /// <param name="input">Its input; <see langword="null"/> for none. (JSON's null is <see cref="JsonValueKind.Null"/>.)</param>
    /// <param name="cancellationToken">Abandons the answer; the protocol knows no cancel, so a query that has left still runs.</param>
    /// <returns>The answer; the type's default where the procedure returned <c>undefined</c>.</returns>
    /// <exception cref="TrpcException">The server refused it, or the procedure failed.</exception>
    /// <exception cref="ProtocolViolationException">The answer is not of the expected shape.</exception>
    /// <exception cref="HassSocketException">It was not sent, or its answer was lost; the type says how, as for every command of the engine.</exception>
    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    public Task<TResult?> QueryAsync<TResult>(string path, object? input = null, CancellationToken cancellationToken = default) =>
        CallAsync(ProcedureKind.Query, RequestOf(path, input), InfoOf<TResult>(), cancellationToken);

    /// <summary>Runs a mutation and awaits its answer. It is never sent again by itself once it may have run.</summary>
    /// <inheritdoc cref="QueryAsync{TResult}(string, object, CancellationToken)"/>
    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    public Task<TResult?> MutateAsync<TResult>(string path, object? input = null, CancellationToken cancellationToken = default) =>
        CallAsync(ProcedureKind.Mutation, RequestOf(path, input), InfoOf<TResult>(), cancellationToken);

    /// <summary>Makes the live stream of a subscription; nothing is asked for before it has a consumer, and each consumer is a run of its own.</summary>
    /// <typeparam name="T">What consumers receive.</typeparam>
    /// <param name="path">The procedure, such as <c>log.subscribe</c>.</param>
    /// <param name="input">Its input; <see langword="null"/> for none.</param>
    /// <param name="lastEventId">Behind which tracked item to begin; <see langword="null"/> for the beginning.</param>
    /// <returns>A stream that survives reconnects; one of tracked items goes on behind the last that came.</returns>
    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    public LiveStream<T> Subscribe<T>(string path, object? input = null, string? lastEventId = null) =>
        Subscribe(RequestOf(path, input) with { LastEventId = lastEventId }, InfoOf<T>());

    /// <summary>Makes the live stream of a subscription, whose items come with the ids that the server tracks them by.</summary>
    /// <inheritdoc cref="Subscribe{T}(string, object, string)"/>
    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    public LiveStream<Tracked<T>> SubscribeTracked<T>(string path, object? input = null, string? lastEventId = null) =>
        SubscribeTracked(RequestOf(path, input) with { LastEventId = lastEventId }, InfoOf<T>());

    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    private TrpcRequest RequestOf(string path, object? input)
    {
        var request = new TrpcRequest(path);
        return input is null ? request : request.WithInput(input, Serializer().GetTypeInfo(input.GetType()));
    }

    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    private JsonTypeInfo<T> InfoOf<T>() => (JsonTypeInfo<T>)Serializer().GetTypeInfo(typeof(T));

    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    private JsonSerializerOptions Serializer()
    {
        var options = _options.SerializerOptions ?? (_options.Transformer is SuperJsonTransformer ? SuperJsonDefaults.Options : JsonSerializerOptions.Web);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

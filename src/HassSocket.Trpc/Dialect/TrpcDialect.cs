using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace HassSocket.Trpc.Dialect;

/// <summary>Teaches the engine tRPC over WebSocket.</summary>
internal sealed class TrpcDialect : IDialect
{
    // What every version of the server says when its maxBatchSize is exceeded; it has run nothing of the frame then.
    private const string BatchRefusal = "Batch call exceeds maximum size";

    private readonly TrpcClientOptions _options;
    private volatile DialectFacts _facts;

    public TrpcDialect(TrpcClientOptions options)
    {
        _options = options;
        _facts = new DialectFacts
        {
            AcceptsBatches = options.Transformer.AllowsBatches,
            Batch = ("["u8.ToArray(), ","u8.ToArray(), "]"u8.ToArray()),
            // Servers before 11.25 lose an earlier one, and then stream for ever; those of version 10 keep the id of what has ended.
            StopNeedsStarted = true,
            StopIsAnswered = true,
            StopFollowsEnd = true,
            StableAtFirstResult = true,
            NoticeAsksForSuccessor = true,
        };
    }

    public DialectFacts Facts => _facts;

    public IReadOnlyList<ControlMessage> Opening => [];

    public ControlMessage Ping { get; } = new("PING"u8.ToArray(), TakesKey: false);

    public ControlMessage Pong { get; } = new("PONG"u8.ToArray(), TakesKey: false);

    public ControlMessage Probe => default;

    public IReadOnlyList<SubscriptionSource> RetrySignals => [];

    public async ValueTask<DialPlan> PrepareAsync(CancellationToken cancellationToken)
    {
        var dial = new TrpcDial(_options);
        if (_options.OnDialing is { } onDialing) await onDialing(dial, cancellationToken).ConfigureAwait(false);
        return new TrpcDialPlan(dial, _options);
    }

    public ValueTask<bool> RenewCredentialsAsync(CancellationToken cancellationToken) => new(false);

    public Task CredentialsChangedAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);

    public void Split(in ReadOnlySequence<byte> message, IItemSink sink) => sink.Take(FrameSplitter.Read(message));

    public long? FindKey(in ReadOnlySequence<byte> beginning) => FrameSplitter.FindKey(beginning);

    public void WriteRequest(IBufferWriter<byte> frame, long key, ReadOnlyMemory<byte> body)
    {
        var span = frame.GetSpan(32);
        "{\"id\":"u8.CopyTo(span);
        Utf8Formatter.TryFormat(key, span[6..], out var digits);
        span[6 + digits] = (byte)',';
        frame.Advance(7 + digits);
        frame.Write(body.Span);
    }

    // Whole and without a key of its own, so it travels alone: an array that is too large is thrown away with the stops in it.
    public ControlMessage Stop(long key) =>
        new(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{{\"id\":{key},\"method\":\"subscription.stop\"}}")), TakesKey: false);

    public CommandFailedException ReadError(in ReadOnlySequence<byte> error, string? command)
    {
        var failure = ErrorReader.Read(error, _options.Transformer, command);
        if (failure.ServerMessage == BatchRefusal) _facts = _facts with { AcceptsBatches = false };
        return failure;
    }

    public bool MeansWaiting(CommandFailedException error) => false;

    // Where batches are wanted always, asking again would only end in the next one.
    public bool MeansAgain(CommandFailedException error) =>
        error.ServerMessage == BatchRefusal && _options.BatchCommands == BatchCommands.Auto;

    // A server that cannot read a message says PARSE_ERROR, and our ping is such a message for those that know no heartbeat.
    // Everything else without an id comes from a context that could not be created, and the socket is closed after it.
    public KeylessErrorCause CauseOf(CommandFailedException error) => error.Code == ErrorKeys.ParseError && !IsAboutParams(error)
        ? KeylessErrorCause.Ping
        : KeylessErrorCause.Session;

    public bool IsSettled(in ReadOnlySequence<byte> answer) => true;

    public string? Explain(int? closeCode, bool heldWide) => CloseCodeText.Explain(closeCode);

    private static bool IsAboutParams(CommandFailedException error) =>
        error.ServerMessage is "Invalid connection params shape" or "Malformed TRPCConnectionParamsMessage";
}

using System.Buffers;

namespace HassSocket;

/// <summary>Teaches the engine one protocol: everything about the wire is decided here.</summary>
/// <remarks>
/// One dialect serves one connection. Its methods are called by one thread at a time for each socket and must
/// neither block nor call user code, except <see cref="PrepareAsync"/> and the two methods about credentials.
/// </remarks>
public interface IDialect
{
    /// <summary>What does not change while the connection lives.</summary>
    DialectFacts Facts { get; }

    /// <summary>Commands that are sent, in this order, as the first ones of every session; their answers are only watched for errors.</summary>
    IReadOnlyList<ControlMessage> Opening { get; }

    /// <summary>What proves that the line is alive; its answer is an item of kind <see cref="WireItemKind.Pong"/>.</summary>
    ControlMessage Ping { get; }

    /// <summary>The answer to the server's own ping; empty where the protocol has none.</summary>
    ControlMessage Pong { get; }

    /// <summary>A question whose answer tells whether a starting server has settled; empty where the protocol knows no such thing.</summary>
    ControlMessage Probe { get; }

    /// <summary>Subscriptions of the dialect's own whose items mean "try again"; open only while a subscription waits.</summary>
    IReadOnlyList<SubscriptionSource> RetrySignals { get; }

    /// <summary>Makes the plan of one attempt: asked before every dial, so it may fetch a fresh token.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    ValueTask<DialPlan> PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Asks once more for credentials after the server rejected the last ones.</summary>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <returns><see langword="true"/> when there are different ones, worth another attempt.</returns>
    ValueTask<bool> RenewCredentialsAsync(CancellationToken cancellationToken);

    /// <summary>Completes when credentials may have changed; never, where nothing can tell.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task CredentialsChangedAsync(CancellationToken cancellationToken);

    /// <summary>Takes one message apart and hands its items over, in order.</summary>
    /// <param name="message">The whole message; valid during the call only.</param>
    /// <param name="sink">Takes the items.</param>
    /// <exception cref="ProtocolViolationException">The message as a whole cannot be read; the session ends.</exception>
    void Split(in ReadOnlySequence<byte> message, IItemSink sink);

    /// <summary>Finds the correlation key in the beginning of a message that was too large to be kept.</summary>
    /// <param name="beginning">The first bytes of the message.</param>
    /// <returns>The key, or <see langword="null"/> when the beginning does not tell.</returns>
    long? FindKey(in ReadOnlySequence<byte> beginning);

    /// <summary>Writes one request with its key.</summary>
    /// <param name="frame">The frame under construction.</param>
    /// <param name="key">The correlation key that the session gave.</param>
    /// <param name="body">What the command encoded: everything but the key.</param>
    void WriteRequest(IBufferWriter<byte> frame, long key, ReadOnlyMemory<byte> body);

    /// <summary>Encodes the request that ends a subscription.</summary>
    /// <param name="key">The key of the subscription.</param>
    ControlMessage Stop(long key);

    /// <summary>Turns an error of the wire into an exception.</summary>
    /// <param name="error">The payload of an item of kind <see cref="WireItemKind.Error"/>.</param>
    /// <param name="command">The name of the command that it answers; <see langword="null"/> when it has no key.</param>
    CommandFailedException ReadError(in ReadOnlySequence<byte> error, string? command);

    /// <summary>Tells whether a refused subscription may succeed later, on a server that is still starting.</summary>
    /// <param name="error">The refusal.</param>
    bool MeansWaiting(CommandFailedException error);

    /// <summary>Tells whether an error with the key of a subscription that has started ends that subscription.</summary>
    /// <remarks>Default: it does. Servers exist that answer a key a second time, about something else.</remarks>
    /// <param name="error">What came after the subscription had started.</param>
    bool EndsSubscription(CommandFailedException error) => true;

    /// <summary>Tells whether a refusal means that the server has not even looked at the request, so that it is worth asking at once again.</summary>
    /// <param name="error">The refusal of a subscription.</param>
    bool MeansAgain(CommandFailedException error) => false;

    /// <summary>Tells what an error that belongs to no command is about.</summary>
    /// <param name="error">The error.</param>
    KeylessErrorCause CauseOf(CommandFailedException error) => KeylessErrorCause.Unknown;

    /// <summary>Reads the answer to <see cref="Probe"/>: whether the server has settled, so that refusals are final.</summary>
    /// <param name="answer">The payload of the answer.</param>
    bool IsSettled(in ReadOnlySequence<byte> answer);

    /// <summary>Explains an end that the server gave no reason for.</summary>
    /// <param name="closeCode">The close code; <see langword="null"/> without a close frame.</param>
    /// <param name="heldWide">Whether a wide subscription was held.</param>
    /// <returns>A sentence for the user, or <see langword="null"/> when there is nothing to add.</returns>
    string? Explain(int? closeCode, bool heldWide);
}

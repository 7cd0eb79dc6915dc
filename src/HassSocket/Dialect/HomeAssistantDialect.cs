using System.Buffers;
using System.Buffers.Text;

namespace HassSocket.Dialect;

/// <summary>Teaches the engine Home Assistant's WebSocket API.</summary>
internal sealed class HomeAssistantDialect : IDialect
{
    // The server counts up to 4 MiB and closes at that very byte.
    private const int MaxRequestBytes = (4 * 1024 * 1024) - 1;

    private readonly UpgradeRequest _upgrade;
    private readonly Credentials _credentials;

    /// <summary>Creates the dialect of one connection.</summary>
    /// <param name="upgrade">What to dial.</param>
    /// <param name="tokens">Where the tokens come from.</param>
    /// <param name="isSupervisorProxy">Whether an add-on speaks through the Supervisor, which passes single requests only.</param>
    public HomeAssistantDialect(UpgradeRequest upgrade, ITokenProvider tokens, bool isSupervisorProxy = false)
    {
        _upgrade = upgrade;
        _credentials = new Credentials(tokens);
        IsSupervisorProxy = isSupervisorProxy;
        Facts = new DialectFacts
        {
            MaxRequestBytes = MaxRequestBytes,
            AcceptsBatches = !isSupervisorProxy,
            Batch = ("["u8.ToArray(), ","u8.ToArray(), "]"u8.ToArray()),
        };
    }

    public bool IsSupervisorProxy { get; }

    public DialectFacts Facts { get; }

    public IReadOnlyList<ControlMessage> Opening { get; } =
        [new("\"type\":\"supported_features\",\"features\":{\"coalesce_messages\":1}}"u8.ToArray())];

    public ControlMessage Ping { get; } = new("\"type\":\"ping\"}"u8.ToArray());

    public ControlMessage Pong => default;

    public ControlMessage Probe { get; } = new("\"type\":\"get_config\"}"u8.ToArray());

    // A server that starts says component_loaded for each integration, and core_config_updated when it reaches RUNNING.
    public IReadOnlyList<SubscriptionSource> RetrySignals { get; } =
    [
        new HassSubscriptionSource<HassEvent>(new EventSubscription("component_loaded")),
        new HassSubscriptionSource<HassEvent>(new EventSubscription("core_config_updated")),
    ];

    public async ValueTask<DialPlan> PrepareAsync(CancellationToken cancellationToken)
    {
        var token = await _credentials.GetAsync(cancellationToken).ConfigureAwait(false);
        return new HomeAssistantDialPlan(_upgrade, token, IsSupervisorProxy);
    }

    public ValueTask<bool> RenewCredentialsAsync(CancellationToken cancellationToken) => _credentials.RenewAsync(cancellationToken);

    public Task CredentialsChangedAsync(CancellationToken cancellationToken) => _credentials.ChangedAsync(cancellationToken);

    public void Split(in ReadOnlySequence<byte> message, IItemSink sink) => FrameSplitter.Split(message, sink);

    public long? FindKey(in ReadOnlySequence<byte> beginning) => OversizedMessage.FindKey(beginning);

    public void WriteRequest(IBufferWriter<byte> frame, long key, ReadOnlyMemory<byte> body)
    {
        var span = frame.GetSpan(32);
        "{\"id\":"u8.CopyTo(span);
        Utf8Formatter.TryFormat(key, span[6..], out var digits);
        span[6 + digits] = (byte)',';
        frame.Advance(7 + digits);
        frame.Write(body.Span);
    }

    public ControlMessage Stop(long key) =>
        new(System.Text.Encoding.UTF8.GetBytes(FormattableString.Invariant($"\"type\":\"unsubscribe_events\",\"subscription\":{key}}}")));

    public CommandFailedException ReadError(in ReadOnlySequence<byte> error, string? command) => WireError.Read(error, command);

    public bool MeansWaiting(CommandFailedException error) => StartingServer.MayComeLater(error);

    // The server says so of the request that came with a used id; whoever used it first goes on.
    public bool EndsSubscription(CommandFailedException error) => error.Code != "id_reuse";

    public bool IsSettled(in ReadOnlySequence<byte> answer) => StartingServer.IsRunning(answer);

    public string? Explain(int? closeCode, bool heldWide) => CloseCodeText.Explain(closeCode, heldWide, IsSupervisorProxy);
}

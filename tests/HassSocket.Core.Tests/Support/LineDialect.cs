using System.Buffers;
using System.Globalization;
using System.Text;

namespace HassSocket.Core.Tests.Support;

/// <summary>The wire of both test dialects: an item a line, "key sign payload", and "? payload" for what has no key.</summary>
public abstract class LineDialect : IDialect
{
    public virtual DialectFacts Facts { get; init; } = new() { AcceptsBatches = true, Batch = (default, "\n"u8.ToArray(), default) };

    public virtual IReadOnlyList<ControlMessage> Opening { get; init; } = [];

    public abstract ControlMessage Ping { get; }

    public virtual ControlMessage Pong => default;

    public ControlMessage Probe { get; init; }

    public IReadOnlyList<SubscriptionSource> RetrySignals { get; init; } = [];

    /// <summary>A code of refusal that this dialect throws at.</summary>
    public string? MeansTrouble { get; init; }

    /// <summary>A body that this dialect throws at.</summary>
    public string? Untellable { get; init; }

    public abstract ValueTask<DialPlan> PrepareAsync(CancellationToken cancellationToken);

    public virtual ValueTask<bool> RenewCredentialsAsync(CancellationToken cancellationToken) => new(false);

    public virtual Task CredentialsChangedAsync(CancellationToken cancellationToken) =>
        Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);

    public virtual void Split(in ReadOnlySequence<byte> message, IItemSink sink)
    {
        var bytes = message.ToArray();
        foreach (var line in new ReadOnlyMemory<byte>(bytes).Lines())
        {
            var text = Encoding.UTF8.GetString(line.Span);
            if (text == "garbage") throw new ProtocolViolationException("The frame cannot be read.");
            sink.Take(Item(text, line));
        }
    }

    public long? FindKey(in ReadOnlySequence<byte> beginning)
    {
        var text = Encoding.UTF8.GetString(beginning.ToArray());
        return long.TryParse(text.Split(' ')[0], CultureInfo.InvariantCulture, out var key) ? key : null;
    }

    public void WriteRequest(IBufferWriter<byte> frame, long key, ReadOnlyMemory<byte> body)
    {
        if (Untellable is not null && Encoding.UTF8.GetString(body.Span) == Untellable) throw new FormatException("There are no words for that.");
        frame.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{key} ")));
        frame.Write(body.Span);
    }

    public virtual ControlMessage Stop(long key) => new(Encoding.UTF8.GetBytes($"stop {key}"));

    public CommandFailedException ReadError(in ReadOnlySequence<byte> error, string? command)
    {
        var words = Encoding.UTF8.GetString(error.ToArray()).Split(' ', 2);
        if (words[0] == "unreadable") throw new FormatException("no error at all");
        return new RefusedException($"'{command}' was refused: {words[0]}") { Command = command, Code = words[0], ServerMessage = words[^1] };
    }

    public bool MeansWaiting(CommandFailedException error) =>
        error.Code == MeansTrouble ? throw new InvalidOperationException("A defect of the dialect.") : error.Code == "starting";

    public bool MeansAgain(CommandFailedException error) => error.Code == "again";

    public KeylessErrorCause CauseOf(CommandFailedException error) => error.Code switch
    {
        "rejected" => KeylessErrorCause.Session,
        "noping" => KeylessErrorCause.Ping,
        "unread" => KeylessErrorCause.Request,
        _ => KeylessErrorCause.Unknown,
    };

    public bool IsSettled(in ReadOnlySequence<byte> answer) => answer.FirstSpan.SequenceEqual("settled"u8);

    public virtual string? Explain(int? closeCode, bool heldWide) => heldWide ? "perhaps a burst" : null;

    protected static WireItem Item(string text, ReadOnlyMemory<byte> line)
    {
        var words = text.Split(' ', 3);
        long? key = long.TryParse(words[0], CultureInfo.InvariantCulture, out var number) ? number : null;
        var kind = words.Length < 2 ? WireItemKind.Unknown : words[1] switch
        {
            "=" => WireItemKind.Result,
            "!" => WireItemKind.Error,
            "+" => WireItemKind.Item,
            "started" => WireItemKind.Started,
            "ended" => WireItemKind.Ended,
            "pong" => WireItemKind.Pong,
            _ => WireItemKind.Unknown,
        };
        var payload = words.Length < 3 ? default : new ReadOnlySequence<byte>(line[^Encoding.UTF8.GetByteCount(words[2])..]);
        return new WireItem(kind, key, payload);
    }
}

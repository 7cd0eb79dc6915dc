using System.Buffers;
using System.Text;

namespace HassSocket.Core.Tests.Support;

/// <summary>A subscription to texts; "bad" ones cannot be read.</summary>
public sealed class TextSource(string topic) : SubscriptionSource<string>
{
    private int _reads;

    public override string Name => $"sub {topic}";

    public override SubscriptionSharing Sharing => Share;

    public SubscriptionSharing Share { get; init; } = SubscriptionSharing.Shared;

    public override bool IsWide => Wide;

    public bool Wide { get; init; }

    public int Reads => _reads;

    /// <summary>Runs before each encoding.</summary>
    public Action? BeforeEncode { get; init; }

    public override void Encode(IBufferWriter<byte> body, string? resumeToken)
    {
        BeforeEncode?.Invoke();
        body.Write(Encoding.UTF8.GetBytes(resumeToken is null ? Name : $"{Name} after {resumeToken}"));
    }

    public override string Read(StreamItem item)
    {
        Interlocked.Increment(ref _reads);
        BeforeRead?.Invoke();
        var text = Encoding.UTF8.GetString(item.Bytes.Span);
        return text == "bad" ? throw new FormatException("$.text is bad") : item.IsFirst && Share == SubscriptionSharing.Snapshot ? $"[{text}]" : text;
    }

    public override bool ReadsLike(object? other) => other is TextSource;

    /// <summary>The key of a text; by default what stands before "=".</summary>
    public Func<string, string?> KeyOf { get; init; } = static text => text.Split('=')[0];

    /// <summary>Runs before each reading; the test may hold it up.</summary>
    public Action? BeforeRead { get; init; }

    public override string? ReadKey(StreamItem item, string key) => KeyOf(Encoding.UTF8.GetString(item.Bytes.Span));
}

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

    public override void Encode(IBufferWriter<byte> body, string? resumeToken) =>
        body.Write(Encoding.UTF8.GetBytes(resumeToken is null ? Name : $"{Name} after {resumeToken}"));

    public override string Read(StreamItem item)
    {
        Interlocked.Increment(ref _reads);
        var text = Encoding.UTF8.GetString(item.Bytes.Span);
        return text == "bad" ? throw new FormatException("$.text is bad") : item.IsFirst && Share == SubscriptionSharing.Snapshot ? $"[{text}]" : text;
    }

    public override bool ReadsLike(object? other) => other is TextSource;

    public override string? ReadKey(ReadOnlyMemory<byte> item, string key) => Encoding.UTF8.GetString(item.Span).Split('=')[0];
}

using System.Buffers;
using System.Text;

namespace HassSocket.Core.Tests.Support;

/// <summary>Asks for the same as a <see cref="TextSource"/>, and reads only how long the texts are.</summary>
public sealed class LengthSource(string topic) : SubscriptionSource<int>
{
    private int _reads;

    public override string Name => $"sub {topic}";

    public override SubscriptionSharing Sharing => SubscriptionSharing.Shared;

    public int Reads => _reads;

    public override void Encode(IBufferWriter<byte> body, string? resumeToken) => body.Write(Encoding.UTF8.GetBytes(Name));

    public override int Read(StreamItem item)
    {
        Interlocked.Increment(ref _reads);
        return item.Bytes.Length;
    }

    public override bool ReadsLike(object? other) => other is LengthSource;
}

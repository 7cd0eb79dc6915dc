using System.Buffers;
using System.Text;

namespace HassSocket.Core.Tests.Support;

/// <summary>A subscription to texts that a fold makes a whole of.</summary>
public sealed class FoldedSource(SubscriptionFold? fold) : SubscriptionSource<string>
{
    public override string Name => "sub news";

    public override SubscriptionSharing Sharing => SubscriptionSharing.Snapshot;

    public override SubscriptionFold? Fold => fold;

    public override void Encode(IBufferWriter<byte> body, string? resumeToken) => body.Write(Encoding.UTF8.GetBytes(Name));

    public override string Read(StreamItem item) => (string)item.Folded!;

    public override string? ReadKey(StreamItem item, string key) => Read(item).Split('=')[0].Split(' ')[^1];
}

using System.Buffers;
using BenchmarkDotNet.Attributes;
using HassSocket.Streams;

namespace HassSocket.Benchmarks.Parts;

/// <summary>An item into a mailbox and out of it again, with memory of its own and with memory on loan.</summary>
[MemoryDiagnoser]
public class MailboxBenchmarks
{
    private readonly Mailbox _mailbox;
    private readonly ReadOnlySequence<byte> _payload = new(new byte[1_100]);

    public MailboxBenchmarks() => _mailbox = new Mailbox(new StreamOptions(), new NoSource());

    [Benchmark]
    public void Owned() => Pass(new OwnedItem(_payload.ToArray(), isFirst: false));

    [Benchmark]
    public void OnLoan() => Pass(new PooledItem(_payload, isFirst: false));

    private void Pass(StreamItem item)
    {
        _mailbox.Post(item);
        item.Release();
        if (_mailbox.TryTake(out var taken)) taken.Release();
    }

    private sealed class NoSource : SubscriptionSource
    {
        public override string Name => "none";

        public override SubscriptionSharing Sharing => SubscriptionSharing.Shared;

        public override void Encode(IBufferWriter<byte> body, string? resumeToken)
        {
        }
    }
}

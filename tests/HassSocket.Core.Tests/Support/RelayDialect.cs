using System.Buffers;
using System.Text;

namespace HassSocket.Core.Tests.Support;

/// <summary>The other dialect: no handshake, text pings, resume tokens ("key + token:payload"), a handover notice, and errors without key that are fatal.</summary>
public sealed class RelayDialect : LineDialect
{
    public override DialectFacts Facts { get; init; } = new()
    {
        StopNeedsStarted = true,
        StopIsAnswered = true,
        StableAtFirstResult = true,
        NoticeAsksForSuccessor = true,
        KeylessErrorEndsSession = true,
    };

    public override ControlMessage Ping { get; } = new("PING"u8.ToArray(), TakesKey: false);

    public override ControlMessage Pong { get; } = new("PONG"u8.ToArray(), TakesKey: false);

    public override ValueTask<DialPlan> PrepareAsync(CancellationToken cancellationToken) => new(new Plan());

    public override ControlMessage Stop(long key) => new(Encoding.UTF8.GetBytes($"{key} stop"), TakesKey: false);

    public override void Split(in ReadOnlySequence<byte> message, IItemSink sink)
    {
        var text = Encoding.UTF8.GetString(message.ToArray());
        switch (text)
        {
            case "PING": sink.Take(new WireItem(WireItemKind.Ping, null, default)); break;
            case "PONG": sink.Take(new WireItem(WireItemKind.Pong, null, default)); break;
            case "reconnect": sink.Take(new WireItem(WireItemKind.Notice, null, default)); break;
            default: TakeItem(text, message.ToArray(), sink); break;
        }
    }

    private static void TakeItem(string text, byte[] line, IItemSink sink)
    {
        var item = Item(text, line);
        if (item.Kind == WireItemKind.Item && Encoding.UTF8.GetString(item.Payload.ToArray()).Split(':', 2) is [var token, _])
            item = item with { ResumeToken = token, Payload = item.Payload.Slice(Encoding.UTF8.GetByteCount(token) + 1) };
        sink.Take(item);
    }

    private sealed class Plan : DialPlan
    {
        public override UpgradeRequest Upgrade { get; } = new(new Uri("ws://relay.test/"));

        public override HandshakeStep Begin() => HandshakeStep.Done();

        public override HandshakeStep Next(in ReadOnlySequence<byte> message) => throw new InvalidOperationException("There is no handshake.");
    }
}

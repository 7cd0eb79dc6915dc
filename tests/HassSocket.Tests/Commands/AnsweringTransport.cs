using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;

namespace HassSocket.Tests.Commands;

/// <summary>A server that lets everybody in and answers every command at once, one at a time, without costing any memory.</summary>
internal sealed class AnsweringTransport(string result) : ITransport, ITransportFactory
{
    private readonly Channel<ReadOnlyMemory<byte>> _answers = Channel.CreateUnbounded<ReadOnlyMemory<byte>>(new() { SingleReader = true, SingleWriter = true });
    private readonly byte[] _end = Encoding.UTF8.GetBytes($$""","type":"result","success":true,"result":{{result}}}""");
    private readonly byte[] _answer = new byte[1_024];

    public int? CloseCode => null;

    public string? CloseReason => null;

    public ValueTask<ITransport> ConnectAsync(UpgradeRequest request, CancellationToken cancellationToken)
    {
        _answers.Writer.TryWrite("""{"type":"auth_required","ha_version":"2026.11.0"}"""u8.ToArray());
        return new(this);
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> message)
    {
        var at = message.Span.IndexOf("\"id\":"u8);
        _answers.Writer.TryWrite(at < 0 ? """{"type":"auth_ok","ha_version":"2026.11.0"}"""u8.ToArray() : Answer(message.Span[(at + 5)..]));
        return default;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> ReceiveAsync(IBufferWriter<byte> destination)
    {
        destination.Write((await _answers.Reader.ReadAsync()).Span);
        return true;
    }

    public ValueTask CloseAsync(TimeSpan budget) => default;

    public void Abort() => _answers.Writer.TryComplete();

    public ValueTask DisposeAsync() => default;

    private ReadOnlyMemory<byte> Answer(ReadOnlySpan<byte> fromId)
    {
        _ = Utf8Parser.TryParse(fromId, out long id, out _);
        "{\"id\":"u8.CopyTo(_answer);
        _ = Utf8Formatter.TryFormat(id, _answer.AsSpan(6), out var length);
        _end.CopyTo(_answer.AsSpan(6 + length));
        return _answer.AsMemory(0, 6 + length + _end.Length);
    }
}

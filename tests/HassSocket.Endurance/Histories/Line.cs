using System.Buffers;

namespace HassSocket.Endurance.Histories;

/// <summary>A socket that delivers in random pieces, and perhaps with a defect.</summary>
internal sealed class Line(ITransport inner, Random random, Saboteur? saboteur) : ITransport
{
    private readonly ArrayBufferWriter<byte> _whole = new();
    private readonly Queue<byte[]> _owed = [];

    public int? CloseCode => inner.CloseCode;

    public string? CloseReason => inner.CloseReason;

    public async ValueTask<bool> ReceiveAsync(IBufferWriter<byte> destination)
    {
        var chunks = new Chunks(destination, random);
        if (saboteur is null) return await inner.ReceiveAsync(chunks);
        while (_owed.Count == 0)
        {
            _whole.ResetWrittenCount();
            if (!await inner.ReceiveAsync(_whole)) return false;
            foreach (var message in saboteur.Deliver(_whole.WrittenMemory)) _owed.Enqueue(message);
        }

        chunks.Write(_owed.Dequeue());
        return true;
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> message) => inner.SendAsync(saboteur?.Send(message) ?? message);

    public ValueTask CloseAsync(TimeSpan budget) => inner.CloseAsync(budget);

    public void Abort() => inner.Abort();

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}

using System.Buffers;

namespace HassSocket.Endurance.Histories;

/// <summary>Takes a message in pieces of random size, as a network delivers it.</summary>
internal sealed class Chunks(IBufferWriter<byte> destination, Random random) : IBufferWriter<byte>
{
    public void Advance(int count) => destination.Advance(count);

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        var whole = destination.GetMemory(sizeHint);
        return whole[..Math.Min(whole.Length, Math.Max(sizeHint, random.Next(1, 200)))];
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
}

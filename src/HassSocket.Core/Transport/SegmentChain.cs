using System.Buffers;

namespace HassSocket.Transport;

/// <summary>The pooled memory of one message, given back when its last holder lets go.</summary>
internal sealed class SegmentChain
{
    public const int FirstSize = 64 * 1024;
    public const int LargestSize = 1024 * 1024;

    private readonly Segment _first = new(FirstSize);
    private Segment _last;
    private int _nextSize = FirstSize;
    private int _holders = 1;

    public SegmentChain() => _last = _first;

    public ReadOnlySequence<byte> Written => _first == _last
        ? new ReadOnlySequence<byte>(_first.Array, 0, _first.Length)
        : new ReadOnlySequence<byte>(_first, 0, _last, _last.Length);

    public Memory<byte> Reserve(int size)
    {
        if (_last.Free < size)
        {
            _last = _last.Append(Math.Max(_nextSize, size));
            _nextSize = Math.Min(_nextSize * 2, LargestSize);
        }

        return _last.Array.AsMemory(_last.Length);
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)_last.Free, nameof(count));
        _last.Length += count;
    }

    /// <summary>Keeps what stands in the first segment and gives the others back.</summary>
    public void CutToFirst()
    {
        for (var segment = _first.Following; segment is not null; segment = segment.Following) segment.Return();
        _first.Cut();
        _last = _first;
        _nextSize = FirstSize;
    }

    public void Clear()
    {
        if (_first != _last) CutToFirst();
        _first.Length = 0;
    }

    public void AddHolder() => Interlocked.Increment(ref _holders);

    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) > 0) return;
        for (var segment = _first; segment is not null; segment = segment.Following) segment.Return();
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(int size)
        {
            Array = ArrayPool<byte>.Shared.Rent(size);
            Memory = Array;
        }

        public byte[] Array { get; private set; }

        public int Length { get; set; }

        public int Free => Array.Length - Length;

        public Segment? Following => (Segment?)Next;

        public Segment Append(int size)
        {
            var next = new Segment(size) { RunningIndex = RunningIndex + Length };
            Memory = Array.AsMemory(0, Length);
            Next = next;
            return next;
        }

        public void Cut()
        {
            Memory = Array;
            Next = null;
        }

        public void Return()
        {
            var array = Array;
            Array = [];
            Memory = default;
            if (array.Length > 0) ArrayPool<byte>.Shared.Return(array);
        }
    }
}

using System.Threading.Channels;

namespace HassSocket.Testing.Transport;

/// <summary>One direction of a memory socket: an unbounded queue that can be held back.</summary>
internal sealed class MemoryPipe
{
    private readonly Lock _gate = new();
    private readonly Queue<MemoryFrame> _held = [];
    private readonly Channel<MemoryFrame> _frames = Channel.CreateUnbounded<MemoryFrame>(
        new UnboundedChannelOptions { AllowSynchronousContinuations = false });

    private bool _isHeld;

    /// <summary>Whether frames are kept from the reader; releasing lets them pass in order.</summary>
    public bool IsHeld
    {
        get
        {
            lock (_gate) return _isHeld;
        }

        set
        {
            lock (_gate)
            {
                _isHeld = value;
                while (!value && _held.TryDequeue(out var frame)) _frames.Writer.TryWrite(frame);
            }
        }
    }

    public void Write(MemoryFrame frame)
    {
        lock (_gate)
        {
            if (_isHeld) _held.Enqueue(frame);
            else _frames.Writer.TryWrite(frame);
        }
    }

    /// <summary>Ends the direction: what is queued is still read, what is held is lost.</summary>
    public void End(Exception? reason)
    {
        lock (_gate)
        {
            _held.Clear();
            _frames.Writer.TryComplete(reason);
        }
    }

    public ValueTask<bool> WaitToReadAsync() => _frames.Reader.WaitToReadAsync();

    public bool TryRead(out MemoryFrame frame) => _frames.Reader.TryRead(out frame);
}

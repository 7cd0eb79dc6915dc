using System.Threading.Channels;

namespace HassSocket.Testing.Transport;

/// <summary>One direction of a memory socket: an unbounded queue that can be held back.</summary>
internal sealed class MemoryPipe
{
    /// <summary>What the buffers of a loopback line take before a writer that waits for them has to wait.</summary>
    private const long Buffer = 4 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<MemoryFrame> _held = [];
    private readonly Channel<MemoryFrame> _frames = Channel.CreateUnbounded<MemoryFrame>(
        new UnboundedChannelOptions { AllowSynchronousContinuations = false });

    private bool _isHeld;
    private bool _hasEnded;
    private long _unread;
    private TaskCompletionSource? _room;

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
            _unread += frame.Message.Length;
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
            _hasEnded = true;
            _room?.TrySetResult();
            _frames.Writer.TryComplete(reason);
        }
    }

    public ValueTask<bool> WaitToReadAsync() => _frames.Reader.WaitToReadAsync();

    public bool TryRead(out MemoryFrame frame)
    {
        if (!_frames.Reader.TryRead(out frame)) return false;
        lock (_gate)
        {
            _unread -= frame.Message.Length;
            if (_unread < Buffer) _room?.TrySetResult();
        }

        return true;
    }

    /// <summary>Completes when the reader has left less unread than the buffers of a line hold.</summary>
    public Task RoomAsync()
    {
        lock (_gate)
        {
            if (_unread < Buffer || _hasEnded) return Task.CompletedTask;
            if (_room?.Task.IsCompleted != false) _room = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }
}

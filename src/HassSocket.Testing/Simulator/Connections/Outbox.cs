using System.Buffers;

namespace HassSocket.Testing.Simulator;

/// <summary>What a connection still has to say: sent in order at the end of each piece of work, joined to arrays where the client takes them.</summary>
internal sealed class Outbox(IServerSocket socket)
{
    private readonly Lock _gate = new();
    private List<byte[]> _waiting = [];
    private int _leaving;
    private bool _isSending;
    private bool _isHeld;
    private bool _coalesces;
    private int _single;
    private bool _isCut;
    private bool _losesHalf;
    private (int Code, string Reason)? _farewell;
    private bool _isOver;

    /// <summary>Whether several messages leave as one array; those that wait when this begins still leave one by one.</summary>
    public bool Coalesces
    {
        set
        {
            lock (_gate)
            {
                if (value && !_coalesces) _single = _waiting.Count;
                _coalesces = value;
            }
        }
    }

    /// <summary>Whether nothing leaves, as through a dead line.</summary>
    public bool IsHeld
    {
        get
        {
            lock (_gate) return _isHeld;
        }

        set
        {
            lock (_gate) _isHeld = value;
        }
    }

    /// <summary>How many messages wait to be written.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate) return _waiting.Count + _leaving;
        }
    }

    /// <summary>The send under way.</summary>
    public Task Sending { get; private set; } = Task.CompletedTask;

    /// <summary>Adds a message.</summary>
    /// <returns>How many wait now.</returns>
    public int Add(byte[] message)
    {
        lock (_gate)
        {
            if (_isOver || _farewell is not null) return 0;
            _waiting.Add(message);
            return _waiting.Count + _leaving;
        }
    }

    /// <summary>Ends the connection after what waits, or instead of it.</summary>
    public void Close(int code, string reason, bool dropsWaiting)
    {
        lock (_gate)
        {
            _isCut |= dropsWaiting;
            if (dropsWaiting) _waiting.Clear();
            _farewell ??= (code, reason);
        }
    }

    /// <summary>Loses the second half of the next array.</summary>
    public void LoseHalfOfNextBatch()
    {
        lock (_gate) _losesHalf = true;
    }

    /// <summary>Lets go of everything; the socket is broken.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            _isOver = _isCut = true;
            _waiting.Clear();
        }
    }

    public void Flush()
    {
        lock (_gate)
        {
            if (_isSending || _isHeld || _isOver || (_waiting.Count == 0 && _farewell is null)) return;
            _isSending = true;
        }

        Sending = SendAsync();
    }

    private async Task SendAsync()
    {
        while (Take() is { } work)
        {
            foreach (var frame in work.Frames)
            {
                if (!IsNext()) break;
                await socket.SendAsync(frame).ConfigureAwait(false);
            }

            if (work.Farewell is { } farewell) await socket.CloseAsync(farewell.Code, farewell.Reason).ConfigureAwait(false);
        }
    }

    /// <summary>Counts the message that leaves now; none does any more after a farewell that drops what waits.</summary>
    private bool IsNext()
    {
        lock (_gate)
        {
            _leaving = _isCut ? 0 : _leaving - 1;
            return !_isCut;
        }
    }

    private (IReadOnlyList<byte[]> Frames, (int Code, string Reason)? Farewell)? Take()
    {
        lock (_gate)
        {
            if (_isOver || _isHeld || (_waiting.Count == 0 && _farewell is null))
            {
                _isSending = false;
                return null;
            }

            var messages = _waiting;
            _waiting = [];
            if (_farewell is not null) _isOver = true;
            var frames = _coalesces ? Coalesce(messages) : messages;
            _leaving = frames.Count;
            return (frames, _farewell);
        }
    }

    private List<byte[]> Coalesce(List<byte[]> messages)
    {
        var (single, joined) = (messages[..Math.Min(_single, messages.Count)], messages.Skip(_single).ToList());
        _single = 0;
        if (joined.Count <= 1) return messages;
        if (_losesHalf) joined.RemoveRange((joined.Count + 1) / 2, joined.Count / 2);
        _losesHalf = false;
        return [.. single, Join(joined)];
    }

    private static byte[] Join(List<byte[]> messages)
    {
        var frame = new ArrayBufferWriter<byte>(messages.Sum(m => m.Length + 1) + 1);
        for (var i = 0; i < messages.Count; i++)
        {
            frame.Write(i == 0 ? "["u8 : ","u8);
            frame.Write(messages[i]);
        }

        frame.Write("]"u8);
        return frame.WrittenSpan.ToArray();
    }
}

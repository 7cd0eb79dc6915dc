using System.Text;
using HassSocket.Testing.Simulator;

namespace HassSocket.Tests.Simulator.Judge;

/// <summary>The server's end of a socket whose client is the judge: it hands messages over, and knows when they have been worked on.</summary>
internal sealed class JudgeSocket : IServerSocket
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    private readonly Queue<ServerFrame> _incoming = [];
    private readonly List<string> _sent = [];
    private TaskCompletionSource _idle = NewSource();
    private TaskCompletionSource<ServerFrame?>? _reader;
    private Action _signOfLife = () => { };
    private Task _served = Task.CompletedTask;
    private bool _hasEnded;

    public Action SignOfLife
    {
        set => _signOfLife = value;
    }

    /// <summary>What the house said, frame by frame.</summary>
    public IReadOnlyList<string> Sent => _sent;

    /// <summary>How the house ended the connection: with a code, or 0 without a close frame; <see langword="null"/> while it has not.</summary>
    public int? EndedWith { get; private set; }

    /// <summary>Comes in.</summary>
    public Task ConnectAsync(House house)
    {
        _served = house.ServeAsync(this);
        return SettleAsync();
    }

    /// <summary>Hands messages over that arrive together, and returns when the house waits for more.</summary>
    public Task DeliverAsync(IEnumerable<ServerFrame> frames)
    {
        foreach (var frame in frames) _incoming.Enqueue(frame);
        if (_hasEnded || _incoming.Count == 0) return Task.CompletedTask;
        _idle = NewSource();
        _signOfLife();
        _reader!.TrySetResult(_incoming.Dequeue());
        return SettleAsync();
    }

    /// <summary>Leaves.</summary>
    public Task EndAsync()
    {
        _hasEnded = true;
        _reader?.TrySetResult(null);
        return _served.WaitAsync(Guard);
    }

    public ValueTask<ServerFrame?> ReceiveAsync()
    {
        if (_hasEnded) return new((ServerFrame?)null);
        _reader = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var read = _reader.Task;
        _idle.TrySetResult();
        return new(read);
    }

    public bool TryReceive(out ServerFrame frame) => _incoming.TryDequeue(out frame);

    public ValueTask SendAsync(ReadOnlyMemory<byte> message)
    {
        _sent.Add(Encoding.UTF8.GetString(message.Span));
        return ValueTask.CompletedTask;
    }

    public ValueTask PingAsync()
    {
        _signOfLife();
        return ValueTask.CompletedTask;
    }

    public ValueTask CloseAsync(int code, string reason)
    {
        End(code);
        return ValueTask.CompletedTask;
    }

    public void Abort(bool isReset) => End(0);

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task SettleAsync() => await Task.WhenAny(_idle.Task, _served).WaitAsync(Guard);

    private void End(int code)
    {
        EndedWith ??= code;
        _hasEnded = true;
        _reader?.TrySetResult(null);
    }
}

using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace HassSocket.Transport;

/// <summary>A transport over any open <see cref="WebSocket"/>, which it owns.</summary>
/// <remarks>
/// No token ever reaches the socket: cancelling one of its operations would abort it. Binary messages are handed on like text;
/// what they mean is the dialect's to judge. A close frame without a code reads as 1000, as the platform gives it.
/// </remarks>
internal sealed class WebSocketTransport : ITransport
{
    private static readonly TimeSpan AnswerBudget = TimeSpan.FromSeconds(1);

    private readonly WebSocket _socket;
    private readonly IDisposable? _dialler;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _receiveEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _answer;

    /// <summary>Takes over an open socket.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="dialler">What opened it; disposed with it.</param>
    /// <param name="time">Measures the budgets of a farewell.</param>
    public WebSocketTransport(WebSocket socket, IDisposable? dialler, TimeProvider time)
    {
        _socket = socket;
        _dialler = dialler;
        _time = time;
    }

    public int? CloseCode { get; private set; }

    public string? CloseReason { get; private set; }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> ReceiveAsync(IBufferWriter<byte> destination)
    {
        try
        {
            while (true)
            {
                var piece = await _socket.ReceiveAsync(destination.GetMemory(), CancellationToken.None).ConfigureAwait(false);
                if (piece.MessageType == WebSocketMessageType.Close)
                {
                    NoteClose();
                    return false;
                }

                destination.Advance(piece.Count);
                if (piece.EndOfMessage) return true;
            }
        }
        catch
        {
            _receiveEnded.TrySetResult();
            throw;
        }
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> message) =>
        _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    /// <inheritdoc/>
    /// <remarks>The answer is heard by the receive that is outstanding; without one, the farewell lasts the whole budget.</remarks>
    public async ValueTask CloseAsync(TimeSpan budget)
    {
        await SayGoodbyeAsync().WaitAsync(budget, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Abort();
    }

    public void Abort()
    {
        _socket.Abort();
        _receiveEnded.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        if (_answer is { IsCompleted: false } answer)
            await answer.WaitAsync(AnswerBudget, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        Abort();
        _socket.Dispose();
        _dialler?.Dispose();
    }

    private void NoteClose()
    {
        CloseCode = (int?)_socket.CloseStatus;
        CloseReason = _socket.CloseStatusDescription;
        // The answer leaves at once; what may take longer is the peer's hanging up, and nobody has to wait for that here.
        if (_socket.State == WebSocketState.CloseReceived) _answer = SendCloseAsync();
        _receiveEnded.TrySetResult();
    }

    private async Task SayGoodbyeAsync()
    {
        await (_answer ?? SendCloseAsync()).ConfigureAwait(false);
        await _receiveEnded.Task.ConfigureAwait(false);
    }

    private async Task SendCloseAsync()
    {
        try
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The socket is gone, or the peer's close crossed ours: either way there is nobody left to say it to.
        }
    }
}

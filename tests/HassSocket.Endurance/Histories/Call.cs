namespace HassSocket.Endurance.Histories;

/// <summary>One command of a history, and what became of it.</summary>
internal sealed class Call(Nonce command, bool isPost) : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private int _ends;

    public Nonce Command { get; } = command;

    public long Number => Command.Number;

    public bool IsHeld => Command.Kind == Nonce.Held;

    /// <summary>Whether a clock moved in its life, so that it may have timed out.</summary>
    public bool MayTimeOut { get; set; }

    public bool IsCancelled { get; private set; }

    public bool HasEnded => Volatile.Read(ref _ends) > 0;

    public int Ends => Volatile.Read(ref _ends);

    public Exception? Error { get; private set; }

    public long Result { get; private set; }

    public async Task RunAsync(IHassSocket hass)
    {
        try
        {
            if (isPost) await hass.PostMessageAsync(Command, _cancellation.Token);
            else Result = await hass.SendMessageAsync(Command, _cancellation.Token);
        }
        catch (Exception error)
        {
            Error = error;
        }

        Interlocked.Increment(ref _ends);
    }

    public void Cancel()
    {
        IsCancelled = true;
        _cancellation.Cancel();
    }

    /// <summary>Why the end is none that is documented; nothing when it is.</summary>
    /// <param name="executed">How often the house was asked.</param>
    public string? Judge(int executed) => (Error, executed) switch
    {
        (_, > 1) => $"was executed {executed} times",
        (null, 0) when !isPost => "has a result, and the house was never asked",
        (null, _) when Command.Kind == Nonce.Refused && !isPost => "was refused, and succeeded",
        (null, _) when !isPost && Result != Number => $"got the result of {Result}",
        (null, _) => null,
        (HassCommandException { Code: "endurance_refused" }, _) when Command.Kind == Nonce.Refused && !isPost => null,
        (OperationCanceledException cancelled, _) when IsCancelled && cancelled.CancellationToken == _cancellation.Token => null,
        (ResponseTimeoutException, _) when MayTimeOut => null,
        (NotConnectedException { Delivery: Delivery.NotSent }, 0) => null,
        (MessagesPausedException { Delivery: Delivery.NotSent }, 0) => null,
        (ConnectionLostException { Delivery: Delivery.NotSent }, 0) => null,
        (ConnectionLostException { Delivery: Delivery.Unknown }, _) => null,
        (ObjectDisposedException, 0) => null,
        _ => $"was executed {executed} times and ended with {Error.GetType().Name}: {Error.Message}",
    };

    public void Dispose() => _cancellation.Dispose();

    public override string ToString() => $"{Command.Kind}{(isPost ? " (posted)" : "")} {Number}";
}

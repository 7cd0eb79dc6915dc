namespace HassSocket.Endurance.Histories;

/// <summary>One who listens to the events of a type, in one of three ways, and checks what comes.</summary>
internal sealed class Consumer(int number, Act way, string eventType, bool throws, Action<string> complain) : IObserver<HassEvent>
{
    private readonly CancellationTokenSource _left = new();
    private IAsyncDisposable? _handler;
    private IDisposable? _observer;
    private bool _hasLeft;

    public string EventType => eventType;

    public int BornAt { get; init; }

    /// <summary>The number of the latest event.</summary>
    public long Latest { get; private set; }

    /// <summary>How many events came since <see cref="Mark"/>.</summary>
    public int Received { get; private set; }

    public Task Reading { get; private set; } = Task.CompletedTask;

    public void Mark() => Received = 0;

    public void Join(IHassSocket hass)
    {
        var stream = hass.OnEvent(eventType);
        if (way == Act.Observe) _observer = stream.Subscribe(this);
        else if (way == Act.Handle) _handler = stream.SubscribeAsync((@event, _) => Task.Run(() => OnNext(@event), CancellationToken.None));
        else Reading = ReadAsync(stream);
    }

    public void Leave()
    {
        _hasLeft = true;
        _observer?.Dispose();
        if (_handler is not null) Reading = _handler.DisposeAsync().AsTask();
        _left.Cancel();
    }

    public void OnNext(HassEvent value)
    {
        var data = value.Data();
        var (type, sequence) = (data.GetProperty("type").GetString(), data.GetProperty("n").GetInt64());
        if (type != eventType || value.EventType != eventType) complain($"{this} got an event of {type}");
        if (!Payload.Is(data.GetProperty("text").GetString()!, sequence, data.GetProperty("size").GetInt32())) complain($"{this} got another text with event {sequence}");
        if (sequence == Latest) complain($"{this} got event {sequence} twice");
        if (sequence < Latest) complain($"{this} got event {sequence} after {Latest}");
        Latest = sequence;
        Received++;
        if (throws) throw new InvalidOperationException("An observer that throws.");
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error) => complain($"{this} was told of {error.GetType().Name}: {error.Message}");

    public override string ToString() => $"consumer {number} ({way} {eventType})";

    private async Task ReadAsync(LiveStream<HassEvent> stream)
    {
        try
        {
            await foreach (var @event in stream.ReadAllAsync(_left.Token))
            {
                try
                {
                    OnNext(@event);
                }
                catch (InvalidOperationException) when (throws)
                {
                    // A loop that throws is a loop that ends; this one goes on.
                }
            }
        }
        catch (OperationCanceledException) when (_hasLeft)
        {
        }
        catch (Exception error)
        {
            complain($"{this} ended with {error.GetType().Name}: {error.Message}");
        }
    }
}

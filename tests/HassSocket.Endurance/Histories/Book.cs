namespace HassSocket.Endurance.Histories;

/// <summary>What a history has asked for, and what it has to hear of yet.</summary>
internal sealed class Book
{
    private readonly Lock _lock = new();
    private readonly List<Consumer> _consumers = [];
    private readonly List<Call> _calls = [];
    private readonly List<Task> _turns = [];
    private readonly long[] _fired = new long[Moves.EventTypes.Length];
    private readonly long[] _marks = new long[Moves.EventTypes.Length];

    public bool HasEntities { get; set; }

    /// <summary>Whether no start, stop or the like is under way.</summary>
    public bool IsStill
    {
        get { lock (_lock) return _turns.TrueForAll(turn => turn.IsCompleted); }
    }

    public IReadOnlyList<Consumer> Consumers
    {
        get { lock (_lock) return [.. _consumers]; }
    }

    public IReadOnlyList<Call> Calls
    {
        get { lock (_lock) return [.. _calls]; }
    }

    public IReadOnlyList<Task> Turns
    {
        get { lock (_lock) return [.. _turns]; }
    }

    /// <summary>How many subscriptions the house should have.</summary>
    public int Wanted
    {
        get { lock (_lock) return _consumers.Select(consumer => consumer.EventType).Distinct().Count() + (HasEntities ? 1 : 0); }
    }

    public void Add(Consumer consumer)
    {
        lock (_lock) _consumers.Add(consumer);
    }

    public void Add(Call call)
    {
        lock (_lock) _calls.Add(call);
    }

    public void Add(Task turn)
    {
        lock (_lock) _turns.Add(turn);
    }

    public void Remove(Consumer consumer)
    {
        lock (_lock) _consumers.Remove(consumer);
    }

    public IReadOnlyList<Consumer> TakeConsumers()
    {
        lock (_lock)
        {
            Consumer[] all = [.. _consumers];
            _consumers.Clear();
            return all;
        }
    }

    /// <summary>A clock moves: whatever is awaited may time out.</summary>
    public void NoteClock()
    {
        lock (_lock)
        {
            foreach (var call in _calls) call.MayTimeOut |= !call.HasEnded;
        }
    }

    public long NextEvent(string type) => Interlocked.Increment(ref _fired[Moves.EventTypes.IndexOf(type)]);

    /// <summary>How many events of a type were fired since <see cref="Mark"/>.</summary>
    public long Fired(string type) => Volatile.Read(ref _fired[Moves.EventTypes.IndexOf(type)]) - _marks[Moves.EventTypes.IndexOf(type)];

    /// <summary>Counts events anew.</summary>
    public void Mark()
    {
        _fired.CopyTo(_marks, 0);
        foreach (var consumer in Consumers) consumer.Mark();
    }
}

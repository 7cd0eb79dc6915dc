namespace HassSocket.Testing.Simulator;

/// <summary>Whether the server runs, stands still, or is down.</summary>
internal sealed class Lifecycle(House house)
{
    private readonly Lock _gate = new();
    private readonly List<Action> _asleep = [];
    private TaskCompletionSource? _thawed;

    /// <summary>The real socket, where there is one.</summary>
    public KestrelEndpoint? Endpoint { get; set; }

    /// <summary>Whether nobody listens.</summary>
    public bool IsDown { get; private set; }

    /// <summary>What is still missing of a start; <see langword="null"/> when the server runs.</summary>
    public StartUp? StartUp { get; private set; }

    /// <summary>Whether the integration of a domain is there; all are, but during a start.</summary>
    public bool HasLoaded(string domain) => StartUp?.Lacks(domain) != true;

    public bool IsFrozen
    {
        get
        {
            lock (_gate) return _thawed is not null;
        }
    }

    /// <summary>Ends everything that runs, stays away for a while and starts up.</summary>
    public void Restart(SimulatedRestart how)
    {
        Stop(how.IsKilled);
        house.After(how.DownFor, () => house.Own(ComeUpAsync(how)));
    }

    /// <summary>Ends everything that runs: each connection is closed, or dropped with the process, and what was asked stays unanswered.</summary>
    public void Stop(bool isKilled = false)
    {
        IsDown = true;
        StartUp?.Abandon();
        if (isKilled) house.DropAll();
        else house.CloseAll(1000);
        if (Endpoint is { } endpoint) house.Own(endpoint.CloseAsync());
    }

    private async Task ComeUpAsync(SimulatedRestart how)
    {
        var startUp = house.Ticks.Run(() => StartUp = new StartUp(house, how, () => StartUp = null));
        IsDown = false;
        if (Endpoint is { } endpoint) await endpoint.OpenAsync().ConfigureAwait(false);
        startUp.Begin();
    }

    /// <summary>Completes when the server does not stand still any more.</summary>
    public Task Awake
    {
        get
        {
            lock (_gate) return _thawed?.Task ?? Task.CompletedTask;
        }
    }

    /// <summary>Does something now, or when the server is thawed.</summary>
    public void WhenAwake(Action action)
    {
        lock (_gate)
        {
            if (_thawed is not null)
            {
                _asleep.Add(action);
                return;
            }
        }

        action();
    }

    public void SetFrozen(bool isFrozen)
    {
        Action[] missed = [];
        TaskCompletionSource? thawed = null;
        lock (_gate)
        {
            if (isFrozen) _thawed ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            else (thawed, _thawed, missed) = (_thawed, null, [.. _asleep]);
            if (!isFrozen) _asleep.Clear();
        }

        foreach (var connection in house.Connections) connection.Freeze(isFrozen);
        foreach (var action in missed) action();
        thawed?.TrySetResult();
    }
}

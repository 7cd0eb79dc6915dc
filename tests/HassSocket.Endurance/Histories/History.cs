namespace HassSocket.Endurance.Histories;

/// <summary>One life of a client, of which a seed decides every input; after each step it waits until nothing is under way.</summary>
internal sealed class History
{
    public const int Steps = 50;
    private readonly Random _random;
    private readonly List<string> _trace = [];
    private readonly Moves _moves;
    private readonly Promises _promises;
    private string? _complaint;

    public History(World world, int seed, Defect defect)
    {
        (World, Seed, _random) = (world, seed, new Random(seed));
        Options = MakeOptions();
        Lines = new Lines(world.House.Transports, seed, defect);
        Client = new HassSocketClient(Options, null, world.Clock, Lines);
        _moves = new Moves(this, _random);
        _promises = new Promises(this);
    }

    public World World { get; }

    public int Seed { get; }

    public Lines Lines { get; }

    public HassSocketOptions Options { get; }

    public HassSocketClient Client { get; }

    public Book Book { get; } = new();

    public Troubles Troubles => field ??= new Troubles(World);

    /// <summary>The promise that was broken first.</summary>
    public string? Complaint => Volatile.Read(ref _complaint);

    public int Step { get; private set; }

    public IEnumerable<string> Trace => _trace.Prepend(
        $"batches {Options.BatchCommands}, {Options.MaxInFlight} in flight, disconnected {Options.WhenDisconnected}, paused {Options.WhenPaused}");

    public void Complain(string text) =>
        Interlocked.CompareExchange(ref _complaint, $"step {Step}: {text} [{Client.State}; {_promises.Inside}]", null);

    /// <summary>Goes from moment to moment; between two of them everything has to come to rest.</summary>
    /// <param name="tally">Where acts are counted.</param>
    public IEnumerator<int> Play(Tally tally)
    {
        _moves.Begin();
        yield return Step;
        var faults = Enumerable.Range(0, _random.Next(2, 5)).Select(_ => _random.Next(Steps)).ToList();
        for (; Step < Steps; Step++)
        {
            List<Act> acts = [.. Enumerable.Range(0, _random.Next(8) switch { 0 => 3, 1 or 2 => 2, _ => 1 }).Select(_ => _moves.Choose())];
            foreach (var at in faults) if (at == Step) acts.Add(Acts.Faults[_random.Next(Acts.Faults.Length)]);
            Run(acts, tally);
            yield return Step;
            tally.CountStep(_promises.Check(acts));
            if (Complaint is not null) yield break;
            if (Troubles.Heal(Step)) yield return Step;
        }

        for (var healing = Heal(); healing.MoveNext();)
        {
            yield return Step;
            if (Complaint is not null) yield break;
        }
    }

    private void Run(List<Act> acts, Tally tally)
    {
        var moves = acts.Select(act => (Act: act, Move: _moves.Make(act, acts))).ToList();
        foreach (var (act, move) in moves)
        {
            tally.Count(act);
            _trace.Add($"{Step}: {act} {move.About}");
        }

        // Several at once meet each other on the pool, in an order that is free.
        if (moves is [var only]) only.Move.Do();
        else foreach (var (_, move) in moves) ThreadPool.QueueUserWorkItem(_ => move.Do());
    }

    private IEnumerator<int> Heal()
    {
        _trace.Add($"{Step}: heal");
        Troubles.HealAll();
        World.Release();
        Client.PauseMessages = false;
        for (var rounds = 0; ; rounds++)
        {
            yield return rounds;
            if (_promises.IsClean()) break;
            if (rounds == 60) Complain($"It does not heal; open connections: {World.Open.Count}.");
            if (Client.State == ConnectionState.Faulted) Complain("It is faulted, for no reason.");
            if (Client.State == ConnectionState.Stopped && Book.IsStill) _moves.Start();
            Book.NoteClock();
            World.Clock.Advance(TimeSpan.FromSeconds(3));
            World.Release();
        }

        _promises.Check([]);
        foreach (var type in Moves.EventTypes) _moves.Fire(type);
        yield return 0;
        _promises.Check([Act.Fire]);
        _promises.CheckEntities();
        foreach (var consumer in Book.TakeConsumers()) consumer.Leave();
        yield return 0;
        _promises.Check([Act.Leave]);
        var disposing = Client.DisposeAsync().AsTask();
        for (var rounds = 0; rounds < 5 && !disposing.IsCompleted; rounds++)
        {
            yield return rounds;
            Book.NoteClock();
            World.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        if (!disposing.IsCompletedSuccessfully) Complain($"The client cannot be disposed: {disposing.Exception?.InnerException?.Message ?? "no end"}");
        yield return 0;
        _promises.CheckEnd();
        World.Clear();
        yield return 0;
    }

    private HassSocketOptions MakeOptions() => new()
    {
        BaseUrl = World.House.BaseUrl.ToString(),
        Token = World.House.Token,
        BatchCommands = Pick(BatchCommands.Auto, BatchCommands.Always, BatchCommands.Never),
        MaxInFlight = Pick(4, 1024, 1024),
        WhenDisconnected = Pick(WhenUnavailable.Wait, WhenUnavailable.Fail),
        WhenPaused = Pick(WhenUnavailable.Wait, WhenUnavailable.Fail),
        MaxRetryInterval = TimeSpan.FromSeconds(8),
        SocketWarnRequestsPerSec = double.PositiveInfinity,
        SocketCrashRequestsPerSec = double.PositiveInfinity,
    };

    private T Pick<T>(params ReadOnlySpan<T> choices) => choices[_random.Next(choices.Length)];
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace HassSocket.Endurance.Histories;

/// <summary>Makes acts into deeds: everything random is drawn when the move is made, not when it is done.</summary>
internal sealed class Moves(History history, Random random)
{
    public static readonly ImmutableArray<string> EventTypes = ["endurance_a", "endurance_b", "endurance_c", "endurance_d"];

    private int _consumers;
    private long _numbers;
    private bool _isGreeted;

    private World World => history.World;

    private HassSocketClient Client => history.Client;

    private Book Book => history.Book;

    public void Begin() => Start();

    public void Start() => Book.Add(Client.StartAsync());

    public void Fire(string type, int size = 0) => World.House.AtOnce(() =>
    {
        var number = Book.NextEvent(type);
        World.House.FireEvent(type, new JsonObject { ["type"] = type, ["n"] = number, ["size"] = size, ["text"] = Payload.Of(number, size) });
    });

    /// <summary>Chooses an operation; those that end something are as likely as those that begin it.</summary>
    public Act Choose()
    {
        if (Client.State == ConnectionState.Stopped && random.Next(3) == 0) return Act.Start;
        if (Client.PauseMessages && random.Next(4) == 0) return Act.Resume;
        if (World.Held > 0 && random.Next(6) == 0) return Act.Release;
        var act = Acts.Operations[random.Next(Acts.Operations.Length)];
        // What keeps a client from working is less frequent, or it would never work.
        return act is Act.Stop or Act.Pause or Act.Hold or Act.Clock && random.Next(2) == 0 ? Act.Fire : act;
    }

    public Move Make(Act act, IReadOnlyCollection<Act> together) => act switch
    {
        Act.Observe or Act.Handle or Act.Read => Join(act),
        Act.Leave => Leave(),
        Act.Echo => Send(Nonce.Echo, together),
        Act.Refuse => Send(Nonce.Refused, together),
        Act.Post => Send(random.Next(3) == 0 ? Nonce.Refused : Nonce.Echo, together, isPost: true),
        Act.Hold => Send(Nonce.Held, together),
        Act.Release => new Move("", () => World.Release(1)),
        Act.Cancel => Cancel(together),
        Act.Fire => FireOne(EventTypes[random.Next(EventTypes.Length)]),
        Act.Burst => Burst(),
        Act.Pause => new Move("", () => Client.PauseMessages = true),
        Act.Resume => new Move("", () => Client.PauseMessages = false),
        Act.Clock => MoveClock(),
        Act.Stop => new Move("", () => Book.Add(Client.StopAsync())),
        Act.Start => new Move("", Start),
        Act.Greet => Greet(),
        Act.Entities => new Move("", Open),
        Act.SetState => SetState(),
        Act.RemoveState => RemoveState(),
        _ => new FaultMoves(history, random).Make(act),
    };

    private Move Join(Act way)
    {
        var type = EventTypes[random.Next(EventTypes.Length)];
        var consumer = new Consumer(++_consumers, way, type, throws: random.Next(8) == 0, history.Complain) { BornAt = history.Step };
        Book.Add(consumer);
        return new Move(consumer.ToString(), () => consumer.Join(Client));
    }

    private Move Leave()
    {
        Consumer[] settled = [.. Book.Consumers.Where(consumer => consumer.BornAt < history.Step)];
        if (settled.Length == 0) return new Move("nobody", () => { });
        var consumer = settled[random.Next(settled.Length)];
        Book.Remove(consumer);
        return new Move(consumer.ToString(), consumer.Leave);
    }

    private Call NewCall(string kind, IReadOnlyCollection<Act> together, bool isPost = false)
    {
        var command = new Nonce(kind, Interlocked.Increment(ref _numbers), Payload.Size(random)) { WhenPaused = isPost && random.Next(3) == 0 ? WhenUnavailable.Drop : null };
        return new Call(command, isPost) { MayTimeOut = together.Contains(Act.Clock) };
    }

    private Move Send(string kind, IReadOnlyCollection<Act> together, bool isPost = false)
    {
        var call = NewCall(kind, together, isPost);
        Book.Add(call);
        return new Move(call.ToString(), () => _ = call.RunAsync(Client));
    }

    private Move Cancel(IReadOnlyCollection<Act> together)
    {
        if (random.Next(2) == 0 && Book.Calls.FirstOrDefault(one => !one.HasEnded) is { } old) return new Move(old.ToString(), old.Cancel);
        var call = NewCall(random.Next(2) == 0 ? Nonce.Echo : Nonce.Held, together);
        Book.Add(call);
        return new Move(call.ToString(), () =>
        {
            _ = call.RunAsync(Client);
            call.Cancel();
        });
    }

    private Move FireOne(string type)
    {
        var size = Payload.Size(random);
        return new Move($"{type}, {size}", () => Fire(type, size));
    }

    private Move Burst()
    {
        var types = Enumerable.Range(0, random.Next(2, 30)).Select(_ => (Type: EventTypes[random.Next(EventTypes.Length)], Size: Payload.Size(random))).ToList();
        return new Move(types.Count.ToString(CultureInfo.InvariantCulture), () => World.House.AtOnce(() => types.ForEach(one => Fire(one.Type, one.Size))));
    }

    private Move MoveClock()
    {
        double[] spans = [0.1, 0.5, 1, 2, 5, 10, 16, 31, 46, 70];
        var (by, kind) = (TimeSpan.FromSeconds(spans[random.Next(spans.Length)]), random.Next(6));
        Book.NoteClock();
        return new Move($"{by.TotalSeconds} s, {kind}", () =>
        {
            Book.NoteClock();
            if (kind == 0) World.Clock.AdvanceWallClock(by * 100);
            if (kind == 1) World.Clock.AdvanceLate(by);
            else World.Clock.Advance(by);
        });
    }

    private Move Greet()
    {
        if (_isGreeted) return Send(Nonce.Echo, []);
        _isGreeted = true;
        return new Move("", () => Client.OnConnect.Subscribe(new Greeter(history, () => Interlocked.Increment(ref _numbers))));
    }

    private void Open()
    {
        Book.HasEntities = true;
        Book.Add(Client.Entities.ReadyAsync());
    }

    private Move SetState()
    {
        var (entity, state) = ($"light.number_{random.Next(8)}", random.Next(1000).ToString(CultureInfo.InvariantCulture));
        var attributes = new JsonObject { ["level"] = random.Next(100) };
        for (var i = random.Next(3); i > 0; i--) attributes[$"extra_{random.Next(4)}"] = new string('x', random.Next(20));
        return new Move($"{entity} {state}", () => World.House.SetState(entity, state, attributes));
    }

    private Move RemoveState()
    {
        var entity = $"light.number_{random.Next(8)}";
        return new Move(entity, () => World.House.RemoveEntity(entity));
    }
}

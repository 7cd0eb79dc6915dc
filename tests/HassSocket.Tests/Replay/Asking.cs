namespace HassSocket.Tests.Replay;

/// <summary>The client's half of a replayed connection: recorded commands become calls of the public API, and how each ends is compared.</summary>
internal sealed class Asking(Outline outline, IHassSocket client, ServerSide server, ReplaySettings settings)
{
    private readonly Dictionary<string, Call> _calls = [];
    private readonly List<Call> _all = [];
    private readonly List<Call> _unseen = [];
    private readonly Dictionary<string, SharedRoute> _shared = [];
    private bool _isOpeningAwaited;

    /// <summary>Whether the client was let in.</summary>
    public bool IsReady { get; private set; }

    /// <summary>The commands that were not answered, and are not subscriptions.</summary>
    public IEnumerable<CommandCall> Unanswered => _all.OfType<CommandCall>().Where(call => !call.IsAnswered);

    /// <summary>The call that was recorded under an id.</summary>
    public Call? Find(string id) => _calls.GetValueOrDefault(id);

    /// <summary>Plays a message of the recorded client.</summary>
    public async Task AskAsync(Line line)
    {
        if (line.IsCut)
        {
            settings.Note(line, Verdict.Cut);
            return;
        }

        AwaitOpening();
        // What the client asks on behalf of a subscription that waits must not be taken for what was recorded.
        if (IsReady && server.IsSignalAwaited) await SettleAsync();
        var items = outline.Messages[line]?.Items ?? [];
        var verdict = items.Count > 0 && items.All(IsGoodLogin) ? Verdict.Itself : Verdict.CannotSend;
        // All commands of an array leave together: none waits for the one before.
        foreach (var item in items.Where(outline.CanSend)) verdict = await AskAsync(line, item, verdict);
        settings.Note(line, verdict);
        if (IsReady) await CatchUpAsync();
    }

    /// <summary>The client is ready: what was asked before is on its way.</summary>
    public async Task CatchUpAsync()
    {
        IsReady = true;
        AwaitOpening();
        foreach (var call in _unseen) await SeeAsync(call);
        _unseen.Clear();
    }

    /// <summary>Waits until a command is on the wire, and gives the id that it has there.</summary>
    public async Task<long> SeeAsync(Call call)
    {
        if (await Task.WhenAny(call.OnWire, call.Ended).EndsWithinAsync(settings.Patience) && call.OnWire.IsCompleted) return await call.OnWire;
        throw new ReplayException($"{call} never left the client. {call.Ended.Exception?.InnerException?.Message} {string.Join(' ', server.Unexplained)}");
    }

    /// <summary>Makes a round trip: everything that was said before has been taken by the client after it.</summary>
    public async Task SyncAsync()
    {
        var ping = Doors.Command(null, Message.TryParse("{\"type\":\"ping\"}")!.Items[0]);
        server.Await(ping);
        ping.Start(client);
        if (!await ping.Ended.EndsWithinAsync(settings.Patience)) throw new ReplayException("The client does not answer any more.");
        if (ping.Error is { } error) throw new ReplayException($"The client lost its socket: {error.Message}");
    }

    /// <summary>Makes two round trips: after the first, the client knows what it wants to ask by itself; after the second, it has its answers.</summary>
    public async Task SettleAsync()
    {
        await SyncAsync();
        await SyncAsync();
    }

    /// <summary>Compares all events that were said so far, and whether what was accepted still holds.</summary>
    public async Task CheckEventsAsync()
    {
        foreach (var subscription in _all.OfType<SubscriptionCall>().Where(one => one.IsLive))
        {
            await subscription.CheckAsync(settings.Patience);
            if (subscription.IsAccepted && subscription.State != SubscriptionState.Active)
                throw new ReplayException($"The subscription {subscription} was accepted, but is {subscription.State}: {subscription.Statuses.Latest?.Reason}");
        }
    }

    /// <summary>Nothing may end before its time.</summary>
    public void CheckStillRunning()
    {
        if (Unanswered.FirstOrDefault(call => call.Ended.IsCompleted) is { } early)
            throw new ReplayException($"{early} was never answered, but has ended: {early.Error?.Message ?? "successfully"}");
    }

    /// <summary>What was never answered has timed out.</summary>
    public async Task CheckTimeoutsAsync()
    {
        foreach (var call in Unanswered)
        {
            if (!await call.Ended.EndsWithinAsync(settings.Patience) || call.Error is not ResponseTimeoutException)
                throw new ReplayException($"{call} was never answered, but did not time out: {call.Error?.Message ?? call.Ended.Status.ToString()}");
        }
    }

    /// <summary>What was not answered when the socket ended is lost, and says so; a command that ends the server has succeeded.</summary>
    public async Task CheckLossesAsync(Line close)
    {
        foreach (var call in Unanswered)
        {
            if (!await call.Ended.EndsWithinAsync(settings.Patience)) throw new ReplayException($"{call} outlived its socket, which ended in {close}.");
            var isLost = call.Error is ConnectionLostException { Delivery: Delivery.Unknown } lost && lost.CloseCode == close.CloseCode;
            if (call.EndsTheServer ? call.Error is not null : !isLost)
                throw new ReplayException($"{call} was lost with its socket in {close}, but ended so: {call.Error?.Message ?? "successfully"}");
        }
    }

    /// <summary>The client has been disposed: all streams have ended, and hold what was said and no more.</summary>
    public async Task CheckNothingMoreAsync()
    {
        foreach (var subscription in _all.OfType<SubscriptionCall>())
        {
            if (!await subscription.EndsAsync(settings.Patience)) throw new ReplayException($"The subscription {subscription} outlived its client.");
            subscription.CheckNothingMore();
        }
    }

    private void AwaitOpening()
    {
        if (_isOpeningAwaited || outline.Opening is not { } opening) return;
        _isOpeningAwaited = true;
        var call = new OwnCall(opening.Line, opening.Item);
        Register(call);
        server.Await(call);
    }

    private async Task<Verdict> AskAsync(Line line, Item item, Verdict before)
    {
        if (ReferenceEquals(item, outline.Opening?.Item))
        {
            _unseen.Add(_calls[item.Id!]);
            return before == Verdict.Called ? before : Verdict.Itself;
        }

        // The client forgets a subscription that it has not asked for yet; the recorded one was asked for.
        if (IsReady && item.Type == "unsubscribe_events" && Target(item) is SubscriptionCall target) await SeeAsync(target.Route.Members[0]);
        var call = Create(line, item);
        Register(call);
        if (call is UnsubscribeCall leaving) await leaving.Subscription.CheckAsync(settings.Patience);
        if (call is SubscriptionCall { IsJoined: true } or UnsubscribeCall { Leaves: false })
        {
            call.Start(client);
            return before == Verdict.Called ? before : Verdict.Shared;
        }

        server.Await(call);
        call.Start(client);
        _unseen.Add(call);
        if (call is SubscriptionCall { Waits: true }) server.Signal();
        return Verdict.Called;
    }

    private Call Create(Line line, Item item)
    {
        if (item.Type == "unsubscribe_events") return CreateUnsubscribe(line, item);
        if (!outline.IsSubscription(item)) return Doors.Command(line, item);
        var subscription = Doors.Subscription(line, item, Share);
        // One that a starting server refused before is asked again here, so the client must be made to ask again.
        subscription.Waits = subscription.Route.Members.Exists(member => member is { IsLive: true, State: SubscriptionState.Waiting });
        subscription.IsJoined = !subscription.Waits && subscription.Route.Members.Exists(member => member.IsLive);
        subscription.Route.Members.Add(subscription);
        return subscription;
    }

    private Call CreateUnsubscribe(Line line, Item item)
    {
        if (Target(item) is not SubscriptionCall subscription) return Doors.Command(line, item, MovedId.Of(TargetId(item), Find));
        if (!subscription.IsLive) return Doors.Command(line, item, subscription.Route.Id);
        return new UnsubscribeCall(line, item, subscription, leaves: !subscription.Route.Members.Exists(member => member != subscription && member.IsLive));
    }

    private Call? Target(Item item) => Find(TargetId(item));

    private static string TargetId(Item item) => item.Json.TryGetProperty("subscription", out var named) ? named.GetRawText() : "";

    private SharedRoute Share(string bytes, SubscriptionSharing sharing)
    {
        if (sharing == SubscriptionSharing.Shared && _shared.TryGetValue(bytes, out var shared) && shared.Members.Exists(member => member.IsLive)) return shared;
        var route = new SharedRoute();
        if (sharing == SubscriptionSharing.Shared) _shared[bytes] = route;
        return route;
    }

    private void Register(Call call)
    {
        _calls[call.Item.Id!] = call;
        _all.Add(call);
    }

    private static bool IsGoodLogin(Item item) =>
        item.Type == "auth" && item.Text("access_token") is { Length: > 0 } && item.Json.EnumerateObject().Count() == 2;
}

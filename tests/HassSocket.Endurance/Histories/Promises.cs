using System.Text.Json;

namespace HassSocket.Endurance.Histories;

/// <summary>What has to hold once nothing is under way.</summary>
internal sealed class Promises(History history)
{
    private bool _wasClean;

    public Inside Inside { get; } = new(history.Client);

    private World World => history.World;

    private Book Book => history.Book;

    /// <summary>Whether the client is ready and nothing keeps it from working.</summary>
    public bool IsClean() => history.Client is { State: ConnectionState.Ready, PauseMessages: false }
        && history.Troubles.AreOver
        && Book.IsStill
        && (World.Held == 0 || history.Options.MaxInFlight > 100);

    /// <summary>Checks what can be checked now.</summary>
    /// <returns>Whether that was everything.</returns>
    public bool Check(IReadOnlyCollection<Act> acts)
    {
        var isClean = IsClean();
        if (isClean)
        {
            CheckCalls();
            CheckSubscriptions();
            if (_wasClean && !acts.Any(Acts.Disturbs)) CheckEvents();
        }

        foreach (var call in Book.Calls)
        {
            if (call.HasEnded && call.Judge(World.Executed(call.Number)) is { } problem) history.Complain($"{call} {problem}");
        }

        Book.Mark();
        return _wasClean = isClean;
    }

    public void CheckEntities()
    {
        if (!Book.HasEntities) return;
        var (mine, theirs) = (history.Client.Entities.All().ToDictionary(state => state.EntityId), World.House.States);
        if (mine.Count != theirs.Count) history.Complain($"There are {theirs.Count} entities, and the client knows {mine.Count}");
        foreach (var state in theirs)
        {
            if (!mine.TryGetValue(state.EntityId, out var known)) history.Complain($"The client does not know {state.EntityId}");
            else if (known.State != state.State) history.Complain($"{state.EntityId} is {state.State}, and the client says {known.State}");
            else if (!JsonElement.DeepEquals(known.Attributes, JsonSerializer.SerializeToElement(state.Attributes)))
                history.Complain($"{state.EntityId} has {state.Attributes.ToJsonString()}, and the client says {known.Attributes}");
        }
    }

    public void CheckEnd()
    {
        Check([]);
        foreach (var call in Book.Calls.Where(call => call.Ends != 1)) history.Complain($"{call} ended {call.Ends} times");
        foreach (var turn in Book.Turns)
        {
            if (!turn.IsCompleted) history.Complain("A start, a stop or a wait never ended");
            else if (turn.Exception?.InnerException is not (null or HassSocketException or ObjectDisposedException or OperationCanceledException))
                history.Complain($"A start, a stop or a wait ended with {turn.Exception.InnerException}");
        }

        if (World.Open.Count > 0) history.Complain($"{World.Open.Count} connections are open after the end");
        if (World.Clock.ActiveTimers != World.Timers) history.Complain($"{World.Clock.ActiveTimers} timers are left, and there were {World.Timers}; the next is due in {World.Clock.NextTimerIn}");
        if (Inside is not { Waiting: 0, Wanted: 0, Unread: 0 }) history.Complain("Something is left inside");
    }

    private void CheckCalls()
    {
        foreach (var call in Book.Calls.Where(call => !call.HasEnded && !(call.IsHeld && World.Held > 0)))
            history.Complain($"{call} has no end, and the house was asked {World.Executed(call.Number)} times");
        if (Inside.Waiting > 0) history.Complain("Commands wait for nothing");
        if (World.Held == 0 && Inside.InFlight > 0) history.Complain("Calls are in flight that nobody awaits");
        if (Inside.Unread > 0) history.Complain("Events wait for nobody");
    }

    private void CheckSubscriptions()
    {
        var (wanted, open) = (Book.Wanted, World.Open);
        if (open.Count != 1) history.Complain($"The house has {open.Count} connections of one client");
        else if (open[0].Subscriptions != wanted) history.Complain($"{wanted} subscriptions are wanted, and the house has {open[0].Subscriptions}");
        if (Inside.Routes != wanted || Inside.Wanted != wanted) history.Complain($"{wanted} subscriptions are wanted");
    }

    private void CheckEvents()
    {
        foreach (var consumer in Book.Consumers.Where(consumer => consumer.BornAt < history.Step))
        {
            if (consumer.Received != Book.Fired(consumer.EventType))
                history.Complain($"{Book.Fired(consumer.EventType)} events were fired, and {consumer} got {consumer.Received}");
        }
    }
}

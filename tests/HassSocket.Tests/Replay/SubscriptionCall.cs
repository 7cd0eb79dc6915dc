using System.Text.Json;

namespace HassSocket.Tests.Replay;

/// <summary>One subscription on the wire, with all who listen to it.</summary>
internal sealed class SharedRoute
{
    /// <summary>The id that the client gave it last: a refused one may have been asked for again.</summary>
    public long Id { get; set; }

    public List<SubscriptionCall> Members { get; } = [];
}

/// <summary>A recorded command that events follow: a consumer of a live stream.</summary>
internal abstract class SubscriptionCall(Line line, Item item) : Call(line, item)
{
    private readonly List<(Line Line, JsonElement Event)> _expected = [];
    private readonly List<JsonElement> _ahead = [];
    private int _checked;

    public required SharedRoute Route { get; init; }

    /// <summary>Whether it takes part in a subscription that was on the wire before.</summary>
    public bool IsJoined { get; set; }

    /// <summary>Whether it takes part in one that waits for a starting server.</summary>
    public bool Waits { get; set; }

    /// <summary>Whether its consumer has left.</summary>
    public bool HasLeft { get; private set; }

    public Journal<SubscriptionStatus> Statuses { get; } = new();

    public SubscriptionState State => Statuses.Latest?.State ?? SubscriptionState.Pending;

    /// <summary>Whether it was refused for good, as recorded.</summary>
    public bool IsRefused { get; set; }

    /// <summary>Whether it can still hear something.</summary>
    public bool IsLive => !HasLeft && !IsRefused;

    /// <summary>Whether it was accepted, as recorded.</summary>
    public bool IsAccepted { get; set; }

    public override void Arrive(long id)
    {
        Route.Id = id;
        base.Arrive(id);
    }

    /// <summary>Notes an event of the recording; <see langword="false"/> when sharing has brought it already, so that it is not said twice.</summary>
    public bool Expect(Line line, JsonElement recorded)
    {
        var others = Route.Members.Where(member => member != this && member.IsLive).ToList();
        if (!IsLive) return others.Count == 0;
        var ahead = _ahead.FindIndex(one => JsonElement.DeepEquals(one, recorded));
        if (ahead >= 0)
        {
            _ahead.RemoveRange(0, ahead + 1);
            return false;
        }

        _expected.Add((line, recorded));
        foreach (var other in others)
        {
            other._expected.Add((line, recorded));
            other._ahead.Add(recorded);
        }

        return true;
    }

    /// <summary>The consumer leaves.</summary>
    public void Leave()
    {
        HasLeft = true;
        Unsubscribe();
    }

    /// <summary>Waits for what was said so far, and compares it.</summary>
    public async Task CheckAsync(TimeSpan patience)
    {
        for (; _checked < _expected.Count; _checked++)
        {
            var (line, recorded) = _expected[_checked];
            if (!await HasAsync(_checked, patience))
                throw new ReplayException($"The subscription {this} did not hear the event of {line}: it has {Heard} of {_expected.Count} events. {LastUnreadable}");
            if (!Says(_checked, recorded)) throw new ReplayException($"The subscription {this} heard something else than the event of {line}.");
        }
    }

    /// <summary>Whether its stream ends in time.</summary>
    public abstract Task<bool> EndsAsync(TimeSpan patience);

    /// <summary>Fails where something was heard that nobody said.</summary>
    public void CheckNothingMore()
    {
        if (Heard > _expected.Count) throw new ReplayException($"The subscription {this} heard {Heard} events, but {_expected.Count} were said.");
    }

    protected abstract int Heard { get; }

    protected abstract Task<bool> HasAsync(int index, TimeSpan patience);

    protected abstract bool Says(int index, JsonElement recorded);

    protected abstract void Unsubscribe();

    private string? LastUnreadable => Statuses.Latest?.LastUnreadable is { } what ? $"The last one that could not be read: {what}" : null;
}

/// <inheritdoc/>
/// <param name="line">Where it stands.</param>
/// <param name="item">What was recorded.</param>
/// <param name="subscription">The same as the public API has it.</param>
/// <param name="says">Whether an event says what was recorded.</param>
internal sealed class SubscriptionCall<T>(Line line, Item item, HassSubscription<T> subscription, Func<T, JsonElement, bool> says) : SubscriptionCall(line, item)
{
    private readonly Journal<T> _heard = new();
    private IDisposable? _membership;
    private IDisposable? _watch;

    protected override int Heard => _heard.Count;

    public override void Start(IHassSocket socket)
    {
        // Frames that hold many thousand events are recorded; here all of them count.
        var stream = socket.Subscribe(subscription).With(new StreamOptions { Policy = OverflowPolicy.Lossless });
        _watch = stream.StatusChanges.Subscribe(Statuses);
        _membership = stream.Subscribe(_heard);
    }

    public override Task<bool> EndsAsync(TimeSpan patience) => HasLeft ? Task.FromResult(true) : _heard.UntilAsync(heard => heard.HasEnded, patience);

    protected override Task<bool> HasAsync(int index, TimeSpan patience) => _heard.UntilAsync(heard => heard.Count > index, patience);

    protected override bool Says(int index, JsonElement recorded) => says(_heard[index], recorded);

    protected override void Unsubscribe()
    {
        _watch?.Dispose();
        _membership?.Dispose();
    }
}

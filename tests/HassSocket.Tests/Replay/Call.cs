using System.Text.Json;

namespace HassSocket.Tests.Replay;

/// <summary>A recorded command as it goes through the client.</summary>
internal abstract class Call(Line? line, Item item)
{
    private readonly TaskCompletionSource<long> _onWire = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where it stands in the recording; <see langword="null"/> for one that the replay adds.</summary>
    public Line? Line => line;

    /// <summary>The recorded command.</summary>
    public Item Item => item;

    /// <summary>What the client is to write, whatever its id.</summary>
    public virtual JsonElement Wire => item.Json;

    /// <summary>The id that the client gave it.</summary>
    public Task<long> OnWire => _onWire.Task;

    /// <summary>Whether the recorded server has answered it.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>Whether it ended without having left, with the reason; <see langword="null"/> while it goes on.</summary>
    public virtual Task Ended { get; } = new TaskCompletionSource().Task;

    /// <summary>Goes through the public door.</summary>
    public abstract void Start(IHassSocket socket);

    /// <summary>The server's side has seen it arrive.</summary>
    public virtual void Arrive(long id) => _onWire.TrySetResult(id);

    public override string ToString() => line is null ? $"'{item.Type}'" : $"'{item.Type}' of {line}";

    /// <summary>Whether what was sent is what was to be sent, apart from the id.</summary>
    public bool Matches(JsonElement sent)
    {
        var members = 0;
        foreach (var member in sent.EnumerateObject())
        {
            if (member.NameEquals("id"u8)) continue;
            members++;
            if (!Wire.TryGetProperty(member.Name, out var expected) || !JsonElement.DeepEquals(expected, member.Value)) return false;
        }

        return members == Wire.EnumerateObject().Select(member => member.Name).Where(name => name != "id").Distinct().Count();
    }
}

/// <summary>What the client says without being asked to: it waits for its counterpart in the recording.</summary>
internal sealed class OwnCall(Line line, Item item) : Call(line, item)
{
    public override void Start(IHassSocket socket)
    {
    }
}

/// <summary>A recorded <c>unsubscribe_events</c>: the consumer is disposed, and the client says the rest by itself.</summary>
internal sealed class UnsubscribeCall(Line line, Item item, SubscriptionCall subscription, bool leaves) : Call(line, item)
{
    private readonly JsonElement _wire = JsonElement.Parse(
        FormattableString.Invariant($"{{\"type\":\"unsubscribe_events\",\"subscription\":{subscription.Route.Id}}}"));

    public override JsonElement Wire => _wire;

    public SubscriptionCall Subscription => subscription;

    /// <summary>Whether it reaches the server: others may still share the subscription.</summary>
    public bool Leaves => leaves;

    public override void Start(IHassSocket socket) => subscription.Leave();
}

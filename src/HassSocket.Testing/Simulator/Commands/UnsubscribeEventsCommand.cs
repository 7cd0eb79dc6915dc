namespace HassSocket.Testing.Simulator;

/// <summary>Ends a subscription of any kind.</summary>
internal sealed class UnsubscribeEventsCommand : ICommandHandler
{
    public string Type => "unsubscribe_events";

    public Schema? Schema { get; } = new(Field.Required("subscription", Checks.Integer));

    public void Handle(CommandRequest request)
    {
        if (!request["subscription"]!.Value.TryGetUInt64(out var id) || !request.Connection.Unsubscribe(id))
            throw new SimulatedErrorException("not_found", "Subscription not found.");
        request.Result();
    }
}

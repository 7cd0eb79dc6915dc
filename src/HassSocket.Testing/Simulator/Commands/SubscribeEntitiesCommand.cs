namespace HassSocket.Testing.Simulator;

/// <summary>Brings the states of all or some entities to a client: a snapshot, then differences.</summary>
internal sealed class SubscribeEntitiesCommand : ICommandHandler
{
    public string Type => "subscribe_entities";

    public Schema? Schema { get; } = new(
        Field.Optional("entity_ids", Checks.Entities),
        Field.Optional("include", Checks.Filter),
        Field.Optional("exclude", Checks.Filter));

    public void Handle(CommandRequest request)
    {
        var house = request.House;
        var filter = EntityFilter.Read(request);
        var stop = house.Bus.Listen("state_changed", change =>
        {
            if (filter.Takes(change.EntityId!)) request.EventIdLast(CompressedState.Change(change.OldState, change.NewState));
        });
        request.Connection.Subscribe(request.Id, stop);
        request.Result();
        request.EventIdFirst(CompressedState.Snapshot(house.States.All.Where(state => filter.Takes(state.EntityId))));
    }
}

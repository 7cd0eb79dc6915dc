namespace HassSocket.Testing.Simulator;

/// <summary>Puts an event on the bus.</summary>
internal sealed class FireEventCommand : ICommandHandler
{
    private const int LongestType = 64;

    public string Type => "fire_event";

    public Schema? Schema { get; } = new(Field.Required("event_type", Checks.Text), Field.Optional("event_data", Checks.Map));

    public bool NeedsAdmin => true;

    public void Handle(CommandRequest request)
    {
        var house = request.House;
        var type = request.Text("event_type")!;
        if (type.Length > LongestType)
        {
            throw new SimulatedErrorException(
                "home_assistant_error", $"Value {type} for property event_type has a maximum length of {LongestType} characters");
        }

        var context = house.NewContext(request.User.Id);
        house.Bus.Fire(HouseEvent.Of(type, request["event_data"]?.ToObject(), context, house.Now));
        request.Result(writer =>
        {
            writer.WriteStartObject();
            writer.WriteContext("context", context);
            writer.WriteEndObject();
        });
    }
}

namespace HassSocket.Testing.Simulator;

/// <summary>Tells whether a condition holds, at once and whenever that changes.</summary>
internal sealed class SubscribeConditionCommand : ICommandHandler
{
    public string Type => "subscribe_condition";

    public Schema? Schema { get; } = new(Field.Required("condition", Checks.Anything));

    public void Handle(CommandRequest request)
    {
        var (house, condition) = (request.House, ConditionReader.Read(request["condition"]!.Value.ToNode()));
        var latest = Ask(condition, house);
        request.Connection.Subscribe(request.Id, house.Bus.Listen("state_changed", _ =>
        {
            var next = Ask(condition, house);
            if (next == latest) return;
            latest = next;
            Tell(request, next);
        }));
        request.Result();
        Tell(request, latest);
    }

    private static (bool Holds, string? Error) Ask(Condition condition, House house)
    {
        try
        {
            return (condition(house, null), null);
        }
        catch (ConditionErrorException error)
        {
            return (false, error.Message);
        }
    }

    private static void Tell(CommandRequest request, (bool Holds, string? Error) answer) => request.EventIdFirst(JsonBytes.Write(writer =>
    {
        writer.WriteStartObject();
        if (answer.Error is { } error) writer.WriteString("error", error);
        else writer.WriteBoolean("result", answer.Holds);
        writer.WriteEndObject();
    }));
}

namespace HassSocket.Testing.Simulator;

/// <summary>Tells once whether a condition holds.</summary>
internal sealed class TestConditionCommand : ICommandHandler
{
    public string Type => "test_condition";

    public Schema? Schema { get; } = new(Field.Required("condition", Checks.Anything), Field.Optional("variables", Checks.Map));

    public bool NeedsAdmin => true;

    public void Handle(CommandRequest request)
    {
        var condition = ConditionReader.Read(request["condition"]!.Value.ToNode());
        try
        {
            var holds = condition(request.House, request["variables"]?.ToObject());
            request.Result(writer =>
            {
                writer.WriteStartObject();
                writer.WriteBoolean("result", holds);
                writer.WriteEndObject();
            });
        }
        catch (ConditionErrorException error)
        {
            throw error.ForClient;
        }
    }
}

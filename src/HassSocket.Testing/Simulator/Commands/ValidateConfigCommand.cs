using System.Text.Json;

namespace HassSocket.Testing.Simulator;

/// <summary>Tells whether triggers, conditions and actions are well-formed; only what was asked for.</summary>
internal sealed class ValidateConfigCommand : ICommandHandler
{
    public string Type => "validate_config";

    public Schema? Schema { get; } = new(
        Field.Optional("triggers", Checks.Anything), Field.Optional("conditions", Checks.Anything), Field.Optional("actions", Checks.Anything));

    public void Handle(CommandRequest request) => request.Result(writer =>
    {
        writer.WriteStartObject();
        Write(writer, request, "triggers", given => TriggerFactory.ReadAll(given));
        Write(writer, request, "conditions", given => ConditionReader.Read(given.ToNode()));
        Write(writer, request, "actions", given => ScriptSteps.Read(given.ToNode(), ""));
        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, CommandRequest request, string name, Action<JsonElement> read)
    {
        if (request[name] is not { } given) return;
        var fault = Fault(given, read);
        writer.WriteStartObject(name);
        writer.WriteBoolean("valid", fault is null);
        writer.WriteString("error", fault);
        writer.WriteEndObject();
    }

    private static string? Fault(JsonElement given, Action<JsonElement> read)
    {
        try
        {
            read(given);
            return null;
        }
        catch (SimulatedErrorException error)
        {
            return error.Message;
        }
    }
}

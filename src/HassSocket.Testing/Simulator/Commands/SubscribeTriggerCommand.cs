using System.Text.Json;

namespace HassSocket.Testing.Simulator;

/// <summary>Tells a client whenever one of its triggers fires.</summary>
internal sealed class SubscribeTriggerCommand : ICommandHandler
{
    public string Type => "subscribe_trigger";

    public Schema? Schema { get; } = new(Field.Required("trigger", Checks.Anything), Field.Optional("variables", Checks.Map));

    public bool NeedsAdmin => true;

    public void Handle(CommandRequest request)
    {
        var given = request["trigger"]!.Value;
        var configs = given.ValueKind == JsonValueKind.Array ? [.. given.EnumerateArray()] : new[] { given };
        var variables = request["variables"]?.ToObject();
        var triggers = configs.Select((config, index) => TriggerFactory.Read(config, index)).ToList();

        var stops = triggers.ConvertAll(trigger => trigger.Attach(
            request.House, firing => request.EventIdFirst(firing.Write(variables))));
        request.Connection.Subscribe(request.Id, () => stops.ForEach(stop => stop()));
        if (request.House.Lifecycle.StartUp is { } startUp) startUp.WhenLoaded(() => request.Result());
        else request.Result();
    }
}

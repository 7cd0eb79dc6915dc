namespace HassSocket.Testing.Simulator;

/// <summary>Tells a client whenever one of its triggers fires.</summary>
internal sealed class SubscribeTriggerCommand : ICommandHandler
{
    public string Type => "subscribe_trigger";

    public Schema? Schema { get; } = new(Field.Required("trigger", Checks.Anything), Field.Optional("variables", Checks.Map));

    public bool NeedsAdmin => true;

    public void Handle(CommandRequest request)
    {
        var variables = request["variables"]?.ToObject();
        var triggers = TriggerFactory.ReadAll(request["trigger"]!.Value);

        var stops = triggers.Select(trigger => trigger.Attach(
            request.House, firing => request.EventIdFirst(firing.Write(variables)))).ToList();
        request.Connection.Subscribe(request.Id, () => stops.ForEach(stop => stop()));
        if (request.House.Lifecycle.StartUp is { } startUp) startUp.WhenLoaded(() => request.Result());
        else request.Result();
    }
}

namespace HassSocket.Testing.Simulator;

/// <summary>Fires when a template comes true.</summary>
internal sealed class TemplateTrigger(TriggerHead head, string source) : ITrigger
{
    private static readonly Dictionary<string, object?> NoVariables = [];

    public Action Attach(House house, Action<TriggerFiring> fire)
    {
        var template = new Template(source);
        var wasTrue = template.Render(house, NoVariables).IsTrue;
        return TemplateWatch.Begin(house, () => template.Render(house, NoVariables), (rendering, change) =>
        {
            var isNew = rendering.IsTrue && !wasTrue;
            wasTrue = rendering.IsTrue;
            if (isNew) fire(Firing(change));
        });
    }

    private TriggerFiring Firing(HouseEvent? change) => new(head, change?.Context, writer =>
    {
        writer.WriteString("entity_id", change?.EntityId);
        writer.WritePropertyName("from_state");
        writer.WriteState(change?.OldState);
        writer.WritePropertyName("to_state");
        writer.WriteState(change?.NewState);
        writer.WriteNull("for");
        writer.WriteString("description", change is null ? "time change or manual update via template" : $"{change.EntityId} via template");
    });
}

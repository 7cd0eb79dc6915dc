using System.Text.Json;

namespace HassSocket.Testing.Simulator;

/// <summary>Renders a template, and again whenever its value changes.</summary>
internal sealed class RenderTemplateCommand : ICommandHandler
{
    public string Type => "render_template";

    public Schema? Schema { get; } = new(
        Field.Required("template", Checks.Text),
        Field.Optional("entity_ids", Checks.Entities),
        Field.Optional("variables", Checks.Map),
        Field.Optional("timeout", Checks.Number),
        Field.Optional("strict", Checks.Bool),
        Field.Optional("report_errors", Checks.Bool));

    public void Handle(CommandRequest request)
    {
        var template = new Template(request.Text("template")!);
        var variables = TemplateVariables.Read(request["variables"]?.ToObject());
        var isStrict = request["strict"]?.GetBoolean() ?? false;
        var reportsErrors = request["report_errors"]?.GetBoolean() ?? false;

        // The real server tells of errors as soon as it sees them, which is once before it has agreed, and once after.
        var patience = request["timeout"]?.GetDouble();
        var first = template.Render(request.House, variables, isStrict, patience ?? 10);
        if (patience is { } seconds && first.TookTooLong)
        {
            request.Fail(new SimulatedErrorException("template_error", $"Exceeded maximum execution time of {PythonText.Number(seconds)}s"));
            return;
        }

        if (reportsErrors) ReportErrors(request, first);
        request.Result();
        if (template.Fault is not null)
        {
            if (reportsErrors) ReportErrors(request, first);
            request.Connection.Subscribe(request.Id, () => { });
            return;
        }

        request.Connection.Subscribe(request.Id, TemplateWatch.Begin(
            request.House, () => template.Render(request.House, variables, isStrict), (rendering, _) => Report(request, rendering, reportsErrors)));
    }

    private static void Report(CommandRequest request, Rendering rendering, bool reportsErrors)
    {
        if (reportsErrors) ReportErrors(request, rendering);
        if (rendering.Error is null) request.EventIdFirst(JsonBytes.Write(writer => Write(writer, rendering)));
    }

    private static void ReportErrors(CommandRequest request, Rendering rendering)
    {
        foreach (var (message, level) in rendering.Scope.Logs) ReportError(request, message, level);
        if (rendering.Error is { } error) ReportError(request, error, "ERROR");
    }

    private static void ReportError(CommandRequest request, string message, string level) => request.EventIdFirst(JsonBytes.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("error", message);
        writer.WriteString("level", level);
        writer.WriteEndObject();
    }));

    private static void Write(Utf8JsonWriter writer, Rendering rendering)
    {
        writer.WriteStartObject();
        writer.WriteNode("result", PythonValue.ToJson(rendering.Value));
        writer.WriteStartObject("listeners");
        writer.WriteBoolean("all", rendering.Listeners.All);
        WriteNames(writer, "entities", rendering.Listeners.Entities);
        WriteNames(writer, "domains", rendering.Listeners.Domains);
        writer.WriteBoolean("time", rendering.Listeners.Time);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values) writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}

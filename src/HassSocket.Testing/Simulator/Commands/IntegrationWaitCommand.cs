using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Answers when an integration has loaded; at once where it has, or never will.</summary>
internal sealed class IntegrationWaitCommand : ICommandHandler
{
    public string Type => "integration/wait";

    public Schema? Schema { get; } = new(Field.Required("domain", Checks.Text));

    public void Handle(CommandRequest request)
    {
        var domain = request.Text("domain")!;
        if (request.House.Lifecycle.StartUp is { } startUp && startUp.Lacks(domain)) Wait(request, startUp, domain);
        else Answer(request, domain);
    }

    private static void Wait(CommandRequest request, StartUp startUp, string domain)
    {
        startUp.Advanced += AnswerWhenLoaded;

        void AnswerWhenLoaded()
        {
            if (startUp.Lacks(domain)) return;
            startUp.Advanced -= AnswerWhenLoaded;
            Answer(request, domain);
        }
    }

    private static void Answer(CommandRequest request, string domain)
    {
        var components = request.House.Config["components"]!.AsArray();
        request.Result(new JsonObject { ["integration_loaded"] = components.Any(component => component.Text() == domain) });
    }
}

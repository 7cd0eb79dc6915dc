using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Runs a sequence of actions and answers when it has ended.</summary>
internal sealed class ExecuteScriptCommand : ICommandHandler
{
    public string Type => "execute_script";

    public Schema? Schema { get; } = new(Field.Required("sequence", Checks.Anything), Field.Optional("variables", Checks.Map));

    public bool NeedsAdmin => true;

    public void Handle(CommandRequest request)
    {
        var steps = ScriptSteps.Read(request["sequence"]!.Value.ToNode(), "sequence");
        var run = new ScriptRun(request.House, request["variables"]?.ToObject() ?? [], request.House.NewContext(request.User.Id), request.User);
        request.House.Own(RunAsync(request, run, steps));
    }

    private static async Task RunAsync(CommandRequest request, ScriptRun run, IReadOnlyList<JsonObject> steps)
    {
        try
        {
            await run.RunAsync(steps).ConfigureAwait(false);
            request.Result(writer =>
            {
                writer.WriteStartObject();
                writer.WriteContext("context", run.Context);
                writer.WriteNode("response", run.Response);
                writer.WriteEndObject();
            });
        }
        catch (SimulatedErrorException error)
        {
            request.Fail(error);
        }
        catch (ServerStoppingException)
        {
            // The real server leaves it unanswered as well.
        }
        catch (Exception failure)
        {
            request.Fail(new SimulatedErrorException("unknown_error", failure.Message));
        }
    }
}

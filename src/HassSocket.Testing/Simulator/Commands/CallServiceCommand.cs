using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Calls a service and answers when it has run.</summary>
internal sealed class CallServiceCommand : ICommandHandler
{
    public string Type => "call_service";

    public Schema? Schema { get; } = new(
        Field.Required("domain", Checks.Text),
        Field.Required("service", Checks.Text),
        Field.Optional("target", Checks.Target),
        Field.Optional("service_data", Checks.Map),
        Field.Optional("return_response", Checks.Bool));

    public void Handle(CommandRequest request)
    {
        var house = request.House;
        var call = new SimulatedServiceCall(
            house.Face,
            request.Text("domain")!.ToLowerInvariant(),
            request.Text("service")!.ToLowerInvariant(),
            ServiceData.Merge(request["service_data"], request["target"]),
            house.NewContext(request.User.Id),
            request["return_response"]?.GetBoolean() ?? false)
        { User = request.User };
        var service = house.Caller.Prepare(call);

        // What a test brought along runs outside the lock; the house's own services change it in the same piece of work.
        if (service.IsForeign) house.Ticks.Afterwards(() => house.Own(RunAsync(request, service, call)));
        else house.Own(RunAsync(request, service, call));
    }

    private static async Task RunAsync(CommandRequest request, ServiceEntry service, SimulatedServiceCall call)
    {
        try
        {
            Answer(request, call, await request.House.Caller.RunAsync(service, call).ConfigureAwait(false));
        }
        catch (ServerStoppingException)
        {
            // The real server leaves the call unanswered as well.
        }
        catch (SimulatedErrorException error)
        {
            request.Fail(error);
        }
        catch (Exception failure)
        {
            request.Fail(new SimulatedErrorException("unknown_error", failure.Message.Length > 0 ? failure.Message : "Unknown error"));
        }
    }

    private static void Answer(CommandRequest request, SimulatedServiceCall call, JsonNode? response) => request.Result(writer =>
    {
        writer.WriteStartObject();
        writer.WriteContext("context", call.Context);
        if (call.ReturnResponse) writer.WriteNode("response", response ?? new JsonObject());
        writer.WriteEndObject();
    });
}

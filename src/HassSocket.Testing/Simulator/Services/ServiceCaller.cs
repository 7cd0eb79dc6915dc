using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Calls services: checks, tells the bus, runs.</summary>
internal sealed class ServiceCaller(House house)
{
    private static readonly HashSet<string> ForAdmins = ["reload_core_config", "restart", "stop", "reload_all", "set_location", "reload_config_entry"];

    /// <summary>Everything before the service runs; throws what the caller did wrong.</summary>
    public ServiceEntry Prepare(SimulatedServiceCall call)
    {
        var service = (house.Lifecycle.HasLoaded(call.Domain) ? house.Services.Find(call.Domain, call.Service) : null) ?? throw Errors.ServiceNotFound(call.Domain, call.Service);
        if (call.ReturnResponse && service.Response == SimulatedResponse.None) throw Errors.NoResponse;
        if (!call.ReturnResponse && service.Response == SimulatedResponse.Only) throw Errors.ResponseNeeded;
        ServiceData.Check(call.Domain, service, call.Data);
        return service;
    }

    public Task<JsonNode?> RunAsync(ServiceEntry service, SimulatedServiceCall call)
    {
        var resolved = house.Ticks.Run(() =>
        {
            Tell(call);
            CheckRights(service, call);
            return call with { Entities = Resolve(call.Domain, call.Data) };
        });
        return service.Run is { } run ? run(resolved) : Task.FromResult<JsonNode?>(null);
    }

    private void Tell(SimulatedServiceCall call) => house.Bus.Fire(HouseEvent.Of(
        "call_service",
        new JsonObject { ["domain"] = call.Domain, ["service"] = call.Service, ["service_data"] = call.Data.DeepClone() },
        call.Context,
        house.Now));

    private static void CheckRights(ServiceEntry service, SimulatedServiceCall call)
    {
        var user = call.User;
        var isForbidden = user is not null
            && ((user.IsReadOnly && service.NeedsTarget) || (!user.IsAdmin && call.Domain == "homeassistant" && ForAdmins.Contains(call.Service)));
        if (isForbidden) throw Errors.ServiceUnauthorized;
    }

    private List<SimulatedState> Resolve(string domain, JsonObject data)
    {
        var ids = data["entity_id"].Texts();
        if (ids.Contains("all")) return [.. house.States.All.Where(state => state.Domain == domain)];
        return [.. ids.Distinct().Select(house.States.Find).OfType<SimulatedState>()];
    }
}

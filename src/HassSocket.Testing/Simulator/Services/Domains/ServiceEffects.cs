using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>The short way to say what a service does to each of its entities.</summary>
internal static class ServiceEffects
{
    /// <summary>Teaches a service that works on entities one by one; those that are unavailable are passed over, as in the real house.</summary>
    public static void TeachEach(this House house, string domain, string service, Action<EntityWork> effect)
        => house.Services.Teach(domain, service, call =>
        {
            foreach (var entity in call.Entities)
            {
                if (entity.State != "unavailable") effect(new EntityWork(house, call, entity));
            }

            return Task.FromResult<JsonNode?>(null);
        });

    /// <summary>Teaches turn_on, turn_off and toggle.</summary>
    public static void TeachOnOff(this House house, string domain, string on = "on", string off = "off")
    {
        house.TeachEach(domain, "turn_on", work => work.Set(on));
        house.TeachEach(domain, "turn_off", work => work.Set(off));
        house.TeachEach(domain, "toggle", work => work.Set(work.Entity.State == off ? on : off));
    }
}

/// <summary>One entity of a call, under the hands of its service.</summary>
internal sealed record EntityWork(House House, SimulatedServiceCall Call, SimulatedState Entity)
{
    public JsonObject Data => Call.Data;

    public JsonObject Attributes => Entity.Attributes;

    public void Set(string state, Action<JsonObject>? edit = null)
    {
        var attributes = Attributes.DeepClone().AsObject();
        edit?.Invoke(attributes);
        House.States.Set(Entity.EntityId, state, attributes, Call.Context);
    }
}

using System.Text.Json.Nodes;

namespace HassSocket.Live;

/// <summary>The light that the checks switch.</summary>
internal sealed class Lamp(string entityId)
{
    public string EntityId => entityId;

    public Task<ServiceCallResult> OnAsync(IHassSocket socket, int brightness, CancellationToken cancellationToken) =>
        socket.CallServiceAsync("light", "turn_on", new JsonObject { ["brightness"] = brightness }, Target.Entity(entityId), cancellationToken);

    public Task<ServiceCallResult> OffAsync(IHassSocket socket, CancellationToken cancellationToken) =>
        socket.CallServiceAsync("light", "turn_off", Target.Entity(entityId), cancellationToken);

    public async Task<EntityState> StateAsync(IHassSocket socket, CancellationToken cancellationToken) =>
        (await socket.GetStatesAsync(cancellationToken)).SingleOrDefault(state => state.EntityId == entityId)
        ?? throw new CheckFailedException($"the server has no {entityId}; name a light that can be dimmed with --light");

    public static int? BrightnessOf(EntityState state) => state.Attribute("brightness")?.GetInt32();

    /// <summary>Makes it as it was.</summary>
    public Task RestoreAsync(IHassSocket socket, EntityState before, CancellationToken cancellationToken) =>
        before.State == "on" && BrightnessOf(before) is { } brightness
            ? OnAsync(socket, brightness, cancellationToken)
            : OffAsync(socket, cancellationToken);
}

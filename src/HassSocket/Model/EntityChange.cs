namespace HassSocket;

/// <summary>What became of an entity. Immutable.</summary>
/// <param name="EntityId">The entity, such as <c>light.bed_light</c>.</param>
/// <param name="Old">Its state before; <see langword="null"/> when it was not known.</param>
/// <param name="New">Its state now; <see langword="null"/> when it is gone.</param>
/// <param name="IsResync">
/// Whether it was found by comparing wholes: the first one that a consumer gets, and each after a gap. <see langword="false"/> when the
/// server has just told it. What is found may be old, and what happened in between stays unknown.
/// </param>
public sealed record EntityChange(string EntityId, EntityState? Old, EntityState? New, bool IsResync)
{
    /// <summary>Whether the state became another one; <see langword="false"/> where only attributes did.</summary>
    public bool IsStateChange => Old?.State != New?.State;

    /// <summary>The change for people, such as <c>light.bed_light: off → on</c>.</summary>
    public override string ToString() => $"{EntityId}: {Old?.State ?? "(nothing)"} → {New?.State ?? "(nothing)"}{(IsResync ? " (resync)" : "")}";
}

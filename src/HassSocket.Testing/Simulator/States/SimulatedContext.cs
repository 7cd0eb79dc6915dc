namespace HassSocket.Testing;

/// <summary>Who or what caused something in the house.</summary>
/// <param name="Id">A ULID, such as <c>01M831DXHEAWEGEXV8GG4QPXGR</c>.</param>
/// <param name="ParentId">The context that led to this one.</param>
/// <param name="UserId">The user who asked for it.</param>
public sealed record SimulatedContext(string Id, string? ParentId = null, string? UserId = null);

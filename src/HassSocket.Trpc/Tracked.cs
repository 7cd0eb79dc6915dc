namespace HassSocket.Trpc;

/// <summary>An item of a subscription with the id by which the server can resume behind it.</summary>
/// <typeparam name="T">The item.</typeparam>
/// <param name="Id">The id; <see langword="null"/> where the server does not track the item. Kept, it is the <see cref="TrpcRequest.LastEventId"/> of a later run.</param>
/// <param name="Data">The item itself.</param>
public sealed record Tracked<T>(string? Id, T Data);

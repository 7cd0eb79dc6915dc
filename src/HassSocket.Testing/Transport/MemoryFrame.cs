namespace HassSocket.Testing.Transport;

/// <summary>What passes through one direction of a memory socket: a message, or the close frame.</summary>
internal readonly record struct MemoryFrame(ReadOnlyMemory<byte> Message, int? CloseCode = null, string CloseReason = "");

namespace HassSocket;

/// <summary>A message that the engine sends by itself: it passes a pause and does not count as traffic.</summary>
/// <param name="Body">The bytes; empty means that there is no such message.</param>
/// <param name="TakesKey">Whether a key of its own is added, as for any request; else the body is sent as it is, alone.</param>
public readonly record struct ControlMessage(ReadOnlyMemory<byte> Body, bool TakesKey = true)
{
    /// <summary>Whether there is no such message.</summary>
    public bool IsEmpty => Body.IsEmpty;
}

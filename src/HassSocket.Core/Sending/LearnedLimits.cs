namespace HassSocket.Sending;

/// <summary>What a connection has learned of its server's limits; it outlives sessions.</summary>
internal sealed class LearnedLimits
{
    private int _batchBytes = int.MaxValue;

    /// <summary>How large a frame of several commands may be.</summary>
    public int BatchBytes
    {
        get => Volatile.Read(ref _batchBytes);
        set => Volatile.Write(ref _batchBytes, value);
    }
}

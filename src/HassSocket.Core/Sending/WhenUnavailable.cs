namespace HassSocket;

/// <summary>What becomes of a command that cannot leave now.</summary>
public enum WhenUnavailable
{
    /// <summary>It waits for its turn, at most <see cref="ConnectionOptions.WaitForReady"/>.</summary>
    Wait,

    /// <summary>It fails at once, with the reason.</summary>
    Fail,

    /// <summary>It is dropped and counted; only for a command that is posted while paused.</summary>
    Drop,
}

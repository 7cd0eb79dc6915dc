namespace HassSocket;

/// <summary>Why a token is asked for.</summary>
public readonly record struct TokenRequest
{
    /// <summary>Whether the server rejected the token that was given last; the same one again means that the connection gives up.</summary>
    public bool Rejected { get; init; }
}

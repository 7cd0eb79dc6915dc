namespace HassSocket;

/// <summary>The three places of a batch that do not belong to a request.</summary>
public enum BatchPart
{
    /// <summary>Before the first request.</summary>
    Begin,

    /// <summary>Between two requests.</summary>
    Between,

    /// <summary>After the last request.</summary>
    End,
}

namespace HassSocket;

/// <summary>What is known about a command that got no answer.</summary>
public enum Delivery
{
    /// <summary>It never left: sending it again is safe.</summary>
    NotSent,

    /// <summary>It left, or may have: the server may have run it.</summary>
    Unknown,
}

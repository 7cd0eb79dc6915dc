namespace HassSocket.Testing;

/// <summary>Whether a service of the house answers.</summary>
public enum SimulatedResponse
{
    /// <summary>It never does; asking for a response is an error.</summary>
    None,

    /// <summary>It does when asked with <c>return_response</c>.</summary>
    Optional,

    /// <summary>It must be called with <c>return_response</c>.</summary>
    Only,
}

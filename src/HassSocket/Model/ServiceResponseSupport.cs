namespace HassSocket;

/// <summary>That a service has a response, as in <c>get_services</c>: <c>{"optional":false}</c>.</summary>
public sealed record ServiceResponseSupport
{
    /// <summary>Whether the service may also be called without asking for the response.</summary>
    public bool Optional { get; init; }
}

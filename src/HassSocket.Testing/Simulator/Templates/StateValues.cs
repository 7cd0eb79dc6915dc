namespace HassSocket.Testing.Simulator;

/// <summary>States that a template can go through; doing so is looking at all of them.</summary>
internal interface IStates
{
    IReadOnlyList<object?> List(RenderScope scope);

    object? Member(string name, RenderScope scope);
}

/// <summary><c>states</c> as a value: every state, by domain or by id.</summary>
internal sealed class AllStates : IStates
{
    public IReadOnlyList<object?> List(RenderScope scope)
    {
        scope.Listeners.All = true;
        return [.. scope.House.States.All.OrderBy(state => state.EntityId, StringComparer.Ordinal)];
    }

    public object? Member(string name, RenderScope scope) => name.Contains('.', StringComparison.Ordinal) ? One(name, scope) : new DomainStates(name);

    /// <summary>One state, which the template depends on from now on, whether it exists or not.</summary>
    public static SimulatedState? One(string entityId, RenderScope scope)
    {
        var id = entityId.ToLowerInvariant();
        scope.Listeners.Entities.Add(id);
        return scope.House.States.Find(id);
    }
}

/// <summary><c>states.light</c>: the states of a domain.</summary>
internal sealed class DomainStates(string domain) : IStates
{
    public IReadOnlyList<object?> List(RenderScope scope)
    {
        scope.Listeners.Domains.Add(domain);
        return [.. scope.House.States.All.Where(state => state.Domain == domain).OrderBy(state => state.EntityId, StringComparer.Ordinal)];
    }

    public object? Member(string name, RenderScope scope) => AllStates.One($"{domain}.{name}", scope);
}

namespace HassSocket.Testing.Simulator;

/// <summary>What a template depends on, as its rendering has shown.</summary>
internal sealed class TemplateListeners
{
    /// <summary>Whether it looks at every state.</summary>
    public bool All { get; set; }

    /// <summary>Whether it looks at the clock.</summary>
    public bool Time { get; set; }

    public HashSet<string> Entities { get; } = [];

    public HashSet<string> Domains { get; } = [];

    public bool Concerns(string entityId)
        => All || Entities.Contains(entityId) || Domains.Contains(entityId[..entityId.IndexOf('.', StringComparison.Ordinal)]);
}

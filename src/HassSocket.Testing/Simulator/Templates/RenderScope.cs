namespace HassSocket.Testing.Simulator;

/// <summary>One rendering: the variables, the house, and what the template looked at.</summary>
internal sealed class RenderScope(House house, IReadOnlyDictionary<string, object?> variables, bool isStrict)
{
    private readonly List<Dictionary<string, object?>> _scopes = [new(variables)];

    public House House => house;

    /// <summary>Whether undefined variables are errors.</summary>
    public bool IsStrict => isStrict;

    public TemplateListeners Listeners { get; } = new();

    /// <summary>What was said about the rendering, with its level.</summary>
    public List<(string Message, string Level)> Logs { get; } = [];

    public void Log(string message, string level) => Logs.Add((message, level));

    /// <summary>The value of a name, its innermost one.</summary>
    public object? Find(string name)
    {
        for (var i = _scopes.Count - 1; i >= 0; i--)
        {
            if (_scopes[i].TryGetValue(name, out var value)) return value;
        }

        return name == "states" ? new AllStates() : TemplateFunctions.Find(name) ?? (object)Undefined.Name(name);
    }

    public void Set(string name, object? value) => _scopes[^1][name] = value;

    /// <summary>Does something with names of its own, as the body of a loop.</summary>
    public void Nest(Action work)
    {
        _scopes.Add([]);
        work();
        _scopes.RemoveAt(_scopes.Count - 1);
    }
}

namespace HassSocket.Testing.Simulator;

/// <summary>One rendering: the variables, the house, and what the template looked at.</summary>
internal sealed class RenderScope(House house, IReadOnlyDictionary<string, object?> variables, bool isStrict)
{
    /// <summary>How many turns of loops count as a second: templates are rendered while the clock of the house stands still.</summary>
    private const double TurnsPerSecond = 1_000_000;

    private readonly List<Dictionary<string, object?>> _scopes = [new(variables)];
    private double _turnsLeft = 10 * TurnsPerSecond;

    public House House => house;

    /// <summary>Whether undefined variables are errors.</summary>
    public bool IsStrict => isStrict;

    public TemplateListeners Listeners { get; } = new();

    /// <summary>What was said about the rendering, with its level.</summary>
    public List<(string Message, string Level)> Logs { get; } = [];

    /// <summary>How long it may take, in seconds; 10 by default.</summary>
    public double Patience
    {
        init => _turnsLeft = value * TurnsPerSecond;
    }

    /// <summary>Takes one turn of a loop.</summary>
    /// <exception cref="TemplateTimeoutException">There were too many.</exception>
    public void Turn()
    {
        if (--_turnsLeft < 0) throw new TemplateTimeoutException();
    }

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

namespace HassSocket.Testing.Simulator;

/// <summary>Something that a template can call.</summary>
internal delegate object? TemplateFunction(TemplateArguments arguments, RenderScope scope);

/// <summary>What a function or filter was called with.</summary>
internal sealed record TemplateArguments(IReadOnlyList<object?> Positional, IReadOnlyDictionary<string, object?> Named)
{
    public static readonly TemplateArguments None = new([], new Dictionary<string, object?>());

    public int Count => Positional.Count + Named.Count;

    public bool Has(int index, string name) => index < Positional.Count || Named.ContainsKey(name);

    public object? Get(int index, string name, object? fallback = null)
        => index < Positional.Count ? Positional[index] : Named.GetValueOrDefault(name, fallback);

    public string Text(int index, string name, RenderScope scope) => PythonValue.Text(Get(index, name, ""), scope);

    /// <summary>The same call with a value before the others, as a filter that is called as a function.</summary>
    public (object? Value, TemplateArguments Others) Split(RenderScope scope, string name) => Positional.Count > 0
        ? (Positional[0], this with { Positional = [.. Positional.Skip(1)] })
        : throw TemplateErrorException.Type($"{name}() missing 1 required positional argument: 'value'");
}

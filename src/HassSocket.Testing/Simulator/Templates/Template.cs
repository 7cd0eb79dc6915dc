using System.Text;

namespace HassSocket.Testing.Simulator;

/// <summary>A template in a subset of Jinja, with the functions of Home Assistant that look at states and times.</summary>
/// <remarks>
/// Known are: literals, arithmetic, comparisons, <c>and or not in is</c>, <c>a if b else c</c>, members, calls, filters, tests,
/// <c>if</c>, <c>for</c>, <c>set</c>, comments, and minus signs that trim. Not known are macros, imports, inheritance and most of the
/// hundreds of functions of the real server; <see cref="TemplateFunctions"/>, <see cref="TemplateFilters"/> and
/// <see cref="TemplateTests"/> list what there is.
/// </remarks>
internal sealed class Template
{
    private readonly TemplateNode? _body;
    private readonly TemplateErrorException? _fault;

    public Template(string source)
    {
        try
        {
            _body = new TemplateParser(source).Parse();
        }
        catch (TemplateErrorException fault)
        {
            _fault = fault;
        }
    }

    /// <summary>Why it cannot be read.</summary>
    public string? Fault => _fault?.Message;

    public static bool IsOne(string text) => text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal);

    public Rendering Render(House house, IReadOnlyDictionary<string, object?> variables, bool isStrict = false, double patience = 10)
    {
        var scope = new RenderScope(house, variables, isStrict) { Patience = patience };
        try
        {
            if (_fault is not null) throw _fault;
            var output = new StringBuilder();
            _body!(scope, output);
            return new Rendering(output.ToString().Trim(), null, scope);
        }
        catch (TemplateErrorException failure)
        {
            return new Rendering("", failure.Message, scope);
        }
        catch (TemplateTimeoutException)
        {
            return new Rendering("", "TimeoutError: the template takes too long", scope) { TookTooLong = true };
        }
    }
}

/// <summary>What came of rendering a template.</summary>
/// <param name="Text">The text that it gave.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="Scope">What it looked at, and what was said about it.</param>
internal sealed record Rendering(string Text, string? Error, RenderScope Scope)
{
    /// <summary>Whether it was given up.</summary>
    public bool TookTooLong { get; init; }

    /// <summary>The value that the text spells.</summary>
    public object? Value => NativeValue.Of(Text);

    public TemplateListeners Listeners => Scope.Listeners;

    /// <summary>Whether it says yes, as conditions and triggers read it.</summary>
    public bool IsTrue => Error is null && Value switch
    {
        bool truth => truth,
        long or double => PythonValue.IsTrue(Value),
        string text => text.ToLowerInvariant() is "true" or "yes" or "on" or "enable" || (PythonValue.Parse(text) is { } number && number != 0),
        _ => false,
    };
}

namespace HassSocket.Testing.Simulator;

/// <summary>A template that cannot be read or rendered, in the words of Jinja and Python.</summary>
/// <param name="kind">The name of the error, such as <c>ZeroDivisionError</c>.</param>
/// <param name="message">What went wrong.</param>
internal sealed class TemplateErrorException(string kind, string message) : Exception($"{kind}: {message}")
{
    public static TemplateErrorException Syntax(string message) => new("TemplateSyntaxError", message);

    public static TemplateErrorException Type(string message) => new("TypeError", message);

    public static TemplateErrorException Value(string message) => new("ValueError", message);
}

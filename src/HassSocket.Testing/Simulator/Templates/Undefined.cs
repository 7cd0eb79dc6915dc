namespace HassSocket.Testing.Simulator;

/// <summary>What a name stands for that nobody defined: empty in a text, an error as soon as somebody looks into it.</summary>
internal sealed class Undefined(string message)
{
    public string Message => message;

    public static Undefined Name(string name) => new($"'{name}' is undefined");

    public static Undefined Member(object? owner, string name) => new($"'{PythonValue.TypeName(owner)} object' has no attribute '{name}'");

    /// <summary>Its text, which is empty; a warning, or an error where templates are strict.</summary>
    public string Text(RenderScope scope)
    {
        if (scope.IsStrict) throw Error();
        scope.Log(message, "WARNING");
        return "";
    }

    /// <summary>What happens to whoever needs a value.</summary>
    public TemplateErrorException Fail(RenderScope scope)
    {
        if (!scope.IsStrict) scope.Log(message, "ERROR");
        return Error();
    }

    private TemplateErrorException Error() => new("UndefinedError", message);
}

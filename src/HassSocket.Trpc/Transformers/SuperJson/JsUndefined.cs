namespace HassSocket.Trpc;

/// <summary>JavaScript's <c>undefined</c>, where a type can tell it from null.</summary>
public sealed class JsUndefined
{
    private JsUndefined()
    {
    }

    /// <summary>The only one.</summary>
    public static JsUndefined Value { get; } = new();

    /// <inheritdoc/>
    public override string ToString() => "undefined";
}

namespace HassSocket.Trpc;

/// <summary>A set of JavaScript, in the order of its items. (A <see cref="HashSet{T}"/> is sent as one, too.)</summary>

public sealed class JsSet : List<object?>
{
    /// <summary>Creates an empty one.</summary>
    public JsSet()
    {
    }

    /// <summary>Creates one of items.</summary>
    /// <param name="items">The items.</param>
    public JsSet(IEnumerable<object?> items)
        : base(items)
    {
    }
}

namespace HassSocket.Trpc;

/// <summary>A map of JavaScript, whose keys may be anything, in the order of its entries.</summary>
/// <remarks>
/// A dictionary with keys that are not text, and a sequence of <see cref="KeyValuePair{TKey, TValue}"/> that is no dictionary, is sent
/// as one, too; a dictionary with text keys is sent as an object.
/// </remarks>

public sealed class JsMap : List<KeyValuePair<object?, object?>>
{
    /// <summary>Creates an empty one.</summary>
    public JsMap()
    {
    }

    /// <summary>Creates one of entries.</summary>
    /// <param name="entries">The entries.</param>
    public JsMap(IEnumerable<KeyValuePair<object?, object?>> entries)
        : base(entries)
    {
    }
}

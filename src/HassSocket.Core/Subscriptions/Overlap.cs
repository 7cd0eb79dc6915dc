namespace HassSocket.Subscriptions;

/// <summary>What the old socket brings while two of them serve one subscription: the new one may repeat it.</summary>
internal sealed class Overlap
{
    private HashSet<string>? _seen;

    public void Begin() => _seen = [];

    /// <summary>The old socket has brought an item.</summary>
    public void Note(string token) => _seen?.Add(token);

    /// <summary>Whether an item of the new socket is known; the first one that is not ends the overlap.</summary>
    public bool IsRepeated(string token)
    {
        if (_seen is null) return false;
        if (_seen.Contains(token)) return true;
        _seen = null;
        return false;
    }
}

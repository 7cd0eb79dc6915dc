namespace HassSocket.Streams;

/// <summary>Where in a mailbox the latest item of each key waits, for <see cref="OverflowPolicy.Latest"/>.</summary>
internal sealed class LatestPlaces(StreamOptions options, SubscriptionSource source)
{
    private readonly Dictionary<string, long> _places = [];

    /// <summary>The key of an item; one that has none, or cannot be read, shares the empty key with others like it.</summary>
    public string KeyOf(StreamItem item)
    {
        if (options.LatestKey is not { } name) return "";
        try
        {
            return source.ReadKey(item, name) ?? "";
        }
        catch (Exception)
        {
            // This runs on the read loop, for one of several consumers: the pump will tell what is wrong with the item.
            return "";
        }
    }

    /// <summary>The place of the item of this key that still waits behind the head; <see langword="null"/> when there is none.</summary>
    public long? Find(string key, long head) => _places.TryGetValue(key, out var place) && place >= head ? place : null;

    /// <summary>Nothing that waits now is replaced any more.</summary>
    public void Forget() => _places.Clear();

    public void Note(string key, long place, long head)
    {
        // Places of taken items are forgotten now and then, so that a stream of ever new keys does not grow the map.
        if (_places.Count > 2L * options.Capacity)
        {
            foreach (var (old, taken) in _places)
            {
                if (taken < head) _places.Remove(old);
            }
        }

        _places[key] = place;
    }
}

using System.Globalization;
using HassSocket;

namespace HomarrBoard;

/// <summary>One line of the board: the latest value of a subscription, and what was missed.</summary>
internal sealed class Widget(string name)
{
    private readonly HashSet<StreamGap> _gaps = [];
    private readonly HashSet<int> _ids = [];
    private readonly Lock _lock = new();
    private string _value = "";
    private SubscriptionState _state;
    private int _items;
    private int _firstId;
    private int _lastId;

    /// <summary>How many tracked items came twice, or never.</summary>
    public int Wrong
    {
        get { lock (_lock) return IsTracked ? _items - _ids.Count + (_lastId - _firstId + 1 - _ids.Count) : 0; }
    }

    public int Items
    {
        get { lock (_lock) return _items; }
    }

    /// <summary>The cells: name, value, how many items, what was missed, how it stands.</summary>
    public string[] Cells
    {
        get { lock (_lock) return [name, _value, _items.ToString(CultureInfo.InvariantCulture), Missed(), _state.ToString()]; }
    }

    private bool IsTracked => _ids.Count > 0;

    public void Show(string value, string? id = null)
    {
        lock (_lock)
        {
            (_value, _items) = (value, _items + 1);
            if (id is null) return;
            _lastId = int.Parse(id, CultureInfo.InvariantCulture);
            if (!IsTracked) _firstId = _lastId;
            _ids.Add(_lastId);
        }
    }

    public void Show(SubscriptionStatus status)
    {
        lock (_lock)
        {
            _state = status.State;
            if (status.Gap is { } gap) _gaps.Add(gap);
        }
    }

    /// <summary>Tracked items can be counted; of others only the time is known in which some may have come.</summary>
    private string Missed()
    {
        if (IsTracked) return Wrong == 0 ? "nothing" : $"{Wrong} items";
        return _gaps.Count == 0 ? "nothing" : $"{_gaps.Sum(gap => (gap.To - gap.From).TotalSeconds):0.0} s";
    }
}

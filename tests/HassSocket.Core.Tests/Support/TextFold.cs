using System.Buffers;
using System.Text;

namespace HassSocket.Core.Tests.Support;

/// <summary>Folds texts such as "a=1,b=2", then "a=3", into a whole; "bad" ones cannot be read. What it tells is text too.</summary>
public sealed class TextFold : SubscriptionFold
{
    private readonly SortedDictionary<string, string> _whole = [];
    private SortedDictionary<string, string>? _before;

    /// <summary>The whole as text; read it when nothing is on its way.</summary>
    public string Whole => string.Join(',', _whole.Select(pair => $"{pair.Key}={pair.Value}"));

    protected internal override void Take(in ReadOnlySequence<byte> item, bool isBase, ICollection<object>? changes)
    {
        var text = Encoding.UTF8.GetString(item);
        if (text == "bad") throw new FormatException("$.text is bad");
        if (isBase) _whole.Clear();
        foreach (var pair in text.Split(',').Select(part => part.Split('=')))
        {
            _whole[pair[0]] = pair[1];
            changes?.Add($"{(isBase ? "base " : "")}{pair[0]}={pair[1]}");
        }
    }

    protected internal override void TellWhole(ICollection<object> changes)
    {
        foreach (var (name, value) in _whole) changes.Add($"whole {name}={value}");
    }

    protected internal override void BeginGap() => _before = new(_whole);

    protected internal override void EndGap(ICollection<object> changes)
    {
        foreach (var (name, value) in _whole.Except(_before ?? [])) changes.Add($"missed {name}={value}");
    }
}

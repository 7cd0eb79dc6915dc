using System.Diagnostics.CodeAnalysis;

namespace HassSocket.Streams;

/// <summary>An item that a fold has made: read already.</summary>
internal sealed class FoldedItem(object folded, int size) : StreamItem(isFirst: false)
{
    public override ReadOnlyMemory<byte> Bytes => default;

    public override object Folded => folded;

    internal override int Size => size;

    internal override bool TryRead<T>(SubscriptionSource<T> source, out T? value, [NotNullWhen(false)] out Exception? problem, out bool isNews)
        where T : default
    {
        (value, problem, isNews) = ((T)folded, null, false);
        return true;
    }
}

/// <summary>Items of a fold that wait as one.</summary>
internal sealed class FoldedItems(IReadOnlyList<StreamItem> parts) : StreamItem(isFirst: true)
{
    public override ReadOnlyMemory<byte> Bytes => default;

    internal override int Size => 0;

    internal override IReadOnlyList<StreamItem> Parts => parts;

    internal override bool TryRead<T>(SubscriptionSource<T> source, out T? value, [NotNullWhen(false)] out Exception? problem, out bool isNews)
        where T : default => throw new InvalidOperationException("The parts of a whole are read, one by one.");
}

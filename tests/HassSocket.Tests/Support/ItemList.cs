using System.Buffers;
using System.Text;
using HassSocket.Dialect;

namespace HassSocket.Tests.Support;

/// <summary>Keeps the items of a frame as text.</summary>
internal sealed class ItemList : IItemSink
{
    public List<(WireItemKind Kind, long? Key, string Payload)> Items { get; } = [];

    public static List<(WireItemKind Kind, long? Key, string Payload)> Split(string frame) => Split(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(frame)));

    public static List<(WireItemKind Kind, long? Key, string Payload)> Split(ReadOnlySequence<byte> frame)
    {
        var list = new ItemList();
        FrameSplitter.Split(frame, list);
        return list.Items;
    }

    public void Take(in WireItem item) => Items.Add((item.Kind, item.Key, Encoding.UTF8.GetString(item.Payload)));
}

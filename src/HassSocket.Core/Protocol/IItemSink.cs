namespace HassSocket;

/// <summary>Takes the items of a message, one by one.</summary>
public interface IItemSink
{
    /// <summary>Takes one item.</summary>
    /// <param name="item">The item; its payload is valid during the call only.</param>
    void Take(in WireItem item);
}

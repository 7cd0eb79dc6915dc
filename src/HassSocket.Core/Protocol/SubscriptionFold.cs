using System.Buffers;

namespace HassSocket;

/// <summary>Folds the items of a subscription into one whole: the first item is a base, the others are differences to it.</summary>
/// <remarks>
/// The engine calls it for one item at a time, on the read loop and under the subscription's lock: it must be short, must not wait,
/// and must call no user code. All consumers of a folded subscription share one on the wire. Each of them gets the whole first, and
/// again when it has lost the thread; then what every item changed. A pause does not stop it: the whole stays true.
/// </remarks>
public abstract class SubscriptionFold
{
    private readonly TaskCompletionSource _filled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isCurrent;

    /// <summary>Whether there is a whole, be it of a connection that is lost.</summary>
    public bool IsFilled => _filled.Task.IsCompleted;

    /// <summary>Ends when there is a whole for the first time.</summary>
    public Task Filled => _filled.Task;

    /// <summary>Whether the whole follows the server: its base came over the present connection.</summary>
    public bool IsCurrent => _isCurrent;

    /// <summary>Takes an item.</summary>
    /// <param name="item">The payload; valid during the call only.</param>
    /// <param name="isBase">Whether it replaces the whole; the fold then finds the differences itself.</param>
    /// <param name="changes">Takes what consumers are told, in order; <see langword="null"/> when nobody wants to know.</param>
    protected internal abstract void Take(in ReadOnlySequence<byte> item, bool isBase, ICollection<object>? changes);

    /// <summary>Tells the whole to a consumer that knows nothing yet.</summary>
    /// <param name="changes">Takes what it is told, in order.</param>
    protected internal abstract void TellWhole(ICollection<object> changes);

    /// <summary>Consumers hear nothing from now on: what changes must be remembered for <see cref="EndGap"/>.</summary>
    protected internal abstract void BeginGap();

    /// <summary>Tells what has changed since <see cref="BeginGap"/>.</summary>
    /// <param name="changes">Takes what consumers are told, in order.</param>
    protected internal abstract void EndGap(ICollection<object> changes);

    internal void NoteBase()
    {
        _isCurrent = true;
        _filled.TrySetResult();
    }

    internal void NoteLoss() => _isCurrent = false;
}

using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using HassSocket.Testing.Time;

namespace HassSocket.Testing;

/// <summary>A subscription of a <see cref="FakeTrpcServer"/> into which a test puts the items by hand; all who are subscribed then get them.</summary>
/// <remarks>
/// Where items are tracked, the feed keeps them all, and a client that resumes gets what it has missed: what stands behind the id that it
/// tells, or everything when the feed does not know that id. Nobody gets items of the past otherwise.
/// </remarks>
public sealed class FakeTrpcFeed
{
    private readonly Lock _gate = new();
    private readonly List<FakeTrackedItem> _past = [];
    private readonly List<Channel<FakeTrackedItem>> _runs = [];
    private readonly bool _isTracked;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _lastId;

    internal FakeTrpcFeed(bool isTracked) => _isTracked = isTracked;

    /// <summary>How many are subscribed now.</summary>
    public int Subscribers
    {
        get
        {
            lock (_gate) return _runs.Count;
        }
    }

    /// <summary>Sends an item to everybody.</summary>
    /// <param name="item">The item.</param>
    /// <param name="id">Its id where items are tracked; counted from 1 by default.</param>
    public void Push(JsonNode? item, string? id = null)
    {
        lock (_gate)
        {
            var entry = new FakeTrackedItem(id ?? (++_lastId).ToString(CultureInfo.InvariantCulture), item?.DeepClone());
            if (_isTracked) _past.Add(entry);
            foreach (var run in _runs) run.Writer.TryWrite(entry);
        }
    }

    /// <summary>Ends the subscription of everybody, as when there is nothing more to come.</summary>
    public void Complete() => End(null);

    /// <summary>Ends the subscription of everybody with an error.</summary>
    /// <param name="error">The error.</param>
    public void Fail(FakeTrpcErrorException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        End(error);
    }

    /// <summary>Waits until so many are subscribed.</summary>
    /// <param name="count">How many, exactly; a number that lasts only for a moment may be missed.</param>
    /// <param name="guard">The longest wait in real time; 30 seconds by default.</param>
    /// <exception cref="TimeoutException">It did not come to that.</exception>
    public async Task WaitForSubscribersAsync(int count = 1, TimeSpan? guard = null)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_runs.Count == count) return;
                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(guard ?? Guard.Default, TimeProvider.System).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"{count} subscribers were expected, but there are {Subscribers}.");
            }
        }
    }

    internal async IAsyncEnumerable<JsonNode?> Items(FakeTrpcCall call)
    {
        await foreach (var item in TrackedItems(call).ConfigureAwait(false)) yield return item.Data;
    }

    internal IAsyncEnumerable<FakeTrackedItem> TrackedItems(FakeTrpcCall call)
    {
        var run = Channel.CreateUnbounded<FakeTrackedItem>();
        lock (_gate)
        {
            if (_isTracked && call.LastEventId is { } last)
            {
                foreach (var missed in _past.Skip(_past.FindLastIndex(item => item.Id == last) + 1)) run.Writer.TryWrite(missed);
            }

            _runs.Add(run);
        }

        return ReadAsync(run, call.Stopped);
    }

    private async IAsyncEnumerable<FakeTrackedItem> ReadAsync(Channel<FakeTrackedItem> run, [EnumeratorCancellation] CancellationToken stopped)
    {
        NoteChange();
        try
        {
            await foreach (var item in run.Reader.ReadAllAsync(stopped).ConfigureAwait(false)) yield return item;
        }
        finally
        {
            lock (_gate) _runs.Remove(run);
            NoteChange();
        }
    }

    private void End(Exception? error)
    {
        lock (_gate)
        {
            foreach (var run in _runs) run.Writer.TryComplete(error);
        }
    }

    private void NoteChange()
    {
        TaskCompletionSource changed;
        lock (_gate) (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        changed.TrySetResult();
    }
}

using System.Globalization;
using System.Text;

namespace HassSocket.Benchmarks.Load;

/// <summary>Prepared frames that are sent round and round: one event after the other, or coalesced in arrays.</summary>
internal sealed class EventRing
{
    // A multiple of every batch, so that all frames of a ring are equally full.
    private const int Size = 1_920;
    private readonly List<byte> _frames = [];
    private readonly List<int> _ends = [0];
    private readonly (byte[] EntityId, byte[] State)[] _told;
    private readonly int _batch;

    /// <summary>Prepares a ring.</summary>
    /// <param name="plan">What is sent.</param>
    /// <param name="ids">The subscriptions that take turns.</param>
    /// <param name="isDifference">Whether differences of <c>subscribe_entities</c> are sent instead of <c>state_changed</c>.</param>
    public EventRing(LoadPlan plan, IReadOnlyList<long> ids, bool isDifference)
        : this(plan.Batch, plan.Entities, (i, entity) =>
        {
            var id = ids[i % ids.Count] + (plan.Stray ? 1_000_000 : 0);
            var text = isDifference ? House.Difference(entity, i) : House.StateChanged(entity, i);
            return (House.State(isDifference ? i : i + 1), string.Create(CultureInfo.InvariantCulture, $"{text}{id}}}"));
        })
    {
    }

    /// <summary>Prepares a ring of any messages.</summary>
    /// <param name="batch">How many share a frame.</param>
    /// <param name="entities">How many entities take turns.</param>
    /// <param name="make">Gives the state that a message tells, and the message, by its number and its entity's.</param>
    public EventRing(int batch, int entities, Func<int, int, (string State, string Message)> make)
    {
        _batch = batch;
        _told = new (byte[], byte[])[Size];
        var messages = new string[Size];
        for (var i = 0; i < Size; i++)
        {
            var entity = i * 17 % entities;
            (var state, messages[i]) = make(i, entity);
            _told[i] = (Encoding.UTF8.GetBytes(House.EntityId(entity)), Encoding.UTF8.GetBytes(state));
        }

        foreach (var some in messages.Chunk(_batch))
        {
            FrameStream.Append(_frames, Encoding.UTF8.GetBytes(_batch == 1 ? some[0] : $"[{string.Join(',', some)}]"));
            _ends.Add(_frames.Count);
        }
    }

    /// <summary>Sends so many events (a multiple of the batch), and adds what they say.</summary>
    public void Send(FrameStream stream, int events, Pace pace, ref LoadHash told)
    {
        var bytes = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_frames);
        var frames = _ends.Count - 1;
        // A paced load leaves frame by frame; a flood in pieces that a socket likes.
        var step = pace.IsPaced ? 1 : Math.Max(1, 64 / _batch);
        for (var sent = 0; sent < events;)
        {
            var frame = sent / _batch % frames;
            var next = Math.Min(frame + Math.Min(step, (events - sent) / _batch), frames);
            pace.Wait(sent);
            stream.Write(bytes[_ends[frame].._ends[next]]);
            for (var i = frame * _batch; i < next * _batch; i++, sent++) told.Add(_told[i].EntityId, _told[i].State);
        }
    }
}

using System.Diagnostics.CodeAnalysis;

namespace HassSocket.Streams;

/// <summary>An item with bytes of its own, and what was read from them; as small as can be, because there is one for each event.</summary>
internal sealed class OwnedItem(byte[] bytes, bool isFirst) : StreamItem(isFirst)
{
    // The first way to read it is kept here, and what it gave; others, and values that are no references, in a list of their own.
    private object? _source;
    private object? _value;
    private Reading? _others;
    private bool _isRead;

    public override ReadOnlyMemory<byte> Bytes => bytes;

    internal override int Size => bytes.Length;

    internal override bool TryRead<T>(SubscriptionSource<T> source, out T? value, [NotNullWhen(false)] out Exception? problem, out bool isNews)
        where T : default
    {
        if (!IsFirstWay(source)) return ReadingOf(source).TryRead(this, out value, out problem, out isNews);
        // Only consumers that read alike meet here, and all of them need the result: they wait for the one that reads.
        lock (this)
        {
            isNews = !_isRead;
            _isRead = true;
            if (isNews) _value = Read(source);
            problem = (_value as Problem)?.Error;
            value = problem is null ? (T?)_value : default;
            return problem is null;
        }
    }

    private object? Read<T>(SubscriptionSource<T> source)
    {
        try
        {
            return source.Read(this);
        }
        catch (Exception problem)
        {
            return new Problem(problem);
        }
    }

    private bool IsFirstWay<T>(SubscriptionSource<T> source)
    {
        if (typeof(T).IsValueType) return false;
        var first = Volatile.Read(ref _source) ?? Interlocked.CompareExchange(ref _source, source, null) ?? source;
        return first is SubscriptionSource<T> && source.ReadsLike(first);
    }

    private Reading<T> ReadingOf<T>(SubscriptionSource<T> source)
    {
        while (true)
        {
            var first = Volatile.Read(ref _others);
            for (var reading = first; reading is not null; reading = reading.Next)
            {
                if (reading is Reading<T> alike && source.ReadsLike(alike.Source)) return alike;
            }

            var added = new Reading<T>(source, first);
            if (Interlocked.CompareExchange(ref _others, added, first) == first) return added;
        }
    }

    private sealed record Problem(Exception Error);

    private abstract class Reading(Reading? next)
    {
        public Reading? Next { get; } = next;
    }

    private sealed class Reading<T>(SubscriptionSource<T> source, Reading? next) : Reading(next)
    {
        private T? _value;
        private Exception? _problem;
        private bool _isRead;

        public SubscriptionSource<T> Source { get; } = source;

        public bool TryRead(StreamItem item, out T? value, [NotNullWhen(false)] out Exception? problem, out bool isNews)
        {
            lock (this)
            {
                isNews = !_isRead;
                if (isNews) Read(item);
                value = _value;
                problem = _problem;
                return problem is null;
            }
        }

        private void Read(StreamItem item)
        {
            _isRead = true;
            try
            {
                _value = Source.Read(item);
            }
            catch (Exception problem)
            {
                _problem = problem;
            }
        }
    }
}

using System.Diagnostics.CodeAnalysis;

namespace HassSocket;

/// <summary>One item of a subscription as it came: immutable, shared by all consumers, and free to be kept.</summary>
public sealed class StreamItem
{
    private Reading? _readings;

    internal StreamItem(byte[] bytes, bool isFirst)
    {
        Bytes = bytes;
        Size = bytes.Length;
        IsFirst = isFirst;
    }

    internal StreamItem(object folded, int size)
    {
        Folded = folded;
        Size = size;
    }

    internal StreamItem(IReadOnlyList<StreamItem> parts)
    {
        Parts = parts;
        IsFirst = true;
    }

    /// <summary>The payload, UTF-8; empty where a fold made the item.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Whether it is the first since the subscription was asked for, or asked for again: a fresh base, for those that begin with one.</summary>
    public bool IsFirst { get; }

    /// <summary>What a <see cref="SubscriptionFold"/> made of an item; <see langword="null"/> where consumers read the payload themselves.</summary>
    public object? Folded { get; }

    /// <summary>How many bytes it holds alone; what it shares with the whole of a fold does not count.</summary>
    internal int Size { get; }

    /// <summary>Items that wait as one, so that a whole fits into any mailbox; <see langword="null"/> where this is one.</summary>
    internal IReadOnlyList<StreamItem>? Parts { get; }

    /// <summary>Reads it, once for all consumers that read it alike.</summary>
    /// <param name="source">Reads it.</param>
    /// <param name="value">What was read.</param>
    /// <param name="problem">Why it cannot be read.</param>
    /// <param name="isNews">Whether this call has read it, and no other before.</param>
    internal bool TryRead<T>(SubscriptionSource<T> source, out T? value, [NotNullWhen(false)] out Exception? problem, out bool isNews)
    {
        if (Folded is not T folded) return ReadingOf(source).TryRead(this, out value, out problem, out isNews);
        (value, problem, isNews) = (folded, null, false);
        return true;
    }

    private Reading<T> ReadingOf<T>(SubscriptionSource<T> source)
    {
        while (true)
        {
            var first = Volatile.Read(ref _readings);
            for (var reading = first; reading is not null; reading = reading.Next)
            {
                if (reading is Reading<T> alike && source.ReadsLike(alike.Source)) return alike;
            }

            var added = new Reading<T>(source, first);
            if (Interlocked.CompareExchange(ref _readings, added, first) == first) return added;
        }
    }

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
            // Only consumers that read alike meet here, and all of them need the result: they wait for the one that reads.
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

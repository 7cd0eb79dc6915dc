using System.Text;
using HassSocket.Streams;

namespace HassSocket.Subscriptions;

/// <summary>Notices handlers that subscribe anew at every session and leave the old consumers where they are; guarded by the lock of its registry.</summary>
internal sealed class RejoinWatch
{
    // Two are no leak: who replaces a consumer may make the new one before the old one goes.
    private const int ManySessions = 3;
    private readonly Dictionary<string, Dictionary<int, int>> _held = [];
    private bool _isWarned;

    /// <summary>Notes a consumer that joins.</summary>
    /// <returns>Whether to warn: handlers of several sessions hold the same subscription. It happens once.</returns>
    public bool Note(StreamConsumer consumer, ReadOnlyMemory<byte> request)
    {
        if (consumer.JoinedIn == 0 || _isWarned) return false;
        var key = Encoding.Latin1.GetString(request.Span);
        consumer.RejoinKey = key;
        if (!_held.TryGetValue(key, out var sessions)) _held.Add(key, sessions = []);
        sessions[consumer.JoinedIn] = sessions.GetValueOrDefault(consumer.JoinedIn) + 1;
        if (sessions.Count < ManySessions) return false;
        _isWarned = true;
        _held.Clear();
        return true;
    }

    /// <summary>Forgets a consumer that leaves.</summary>
    public void Forget(StreamConsumer consumer)
    {
        if (consumer.RejoinKey is not { } key) return;
        consumer.RejoinKey = null;
        if (!_held.TryGetValue(key, out var sessions) || --sessions[consumer.JoinedIn] > 0) return;
        sessions.Remove(consumer.JoinedIn);
        if (sessions.Count == 0) _held.Remove(key);
    }
}

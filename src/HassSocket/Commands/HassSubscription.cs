using System.Text.Json;
using HassSocket.Dialect;

namespace HassSocket;

/// <summary>A command to Home Assistant that is answered by a stream of events, each read as <typeparamref name="T"/>.</summary>
/// <typeparam name="T">What the member <c>event</c> of its messages is read as.</typeparam>
/// <remarks>
/// Over the wire: <c>{"id":7,"type":"…", …fields}</c>, then <c>{"id":7,"type":"event","event":…}</c> until <c>unsubscribe_events</c>.
/// Immutable, because it is asked for again after every reconnect.
/// </remarks>
public abstract record HassSubscription<T>
{
    /// <summary>The command's name on the wire, such as <c>subscribe_trigger</c>.</summary>
    public abstract string Type { get; }

    /// <summary>How its consumers share it on the wire.</summary>
    /// <value>Default: <see cref="SubscriptionSharing.Shared"/>.</value>
    public virtual SubscriptionSharing Sharing => SubscriptionSharing.Shared;

    /// <summary>Whether it hears of everything that happens in the house, so that a burst may make the server hang up.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public virtual bool IsWide => false;

    /// <summary>Writes the command's own members, never <c>id</c> or <c>type</c>. Leave out what is null: the server's schemas refuse it.</summary>
    /// <param name="writer">Stands inside the message's object; leave it there.</param>
    protected internal abstract void WriteFields(Utf8JsonWriter writer);

    /// <summary>Reads an event; runs in a consumer's pump, never on the read loop. What it throws skips this event alone.</summary>
    /// <param name="reader">Stands on the first token of the event.</param>
    /// <exception cref="JsonException">The event is not what was expected.</exception>
    protected internal abstract T ReadEvent(ref Utf8JsonReader reader);

    /// <summary>Reads the value by which <see cref="OverflowPolicy.Latest"/> tells events apart. Runs on the read loop: it must be short and must not block.</summary>
    /// <param name="item">The event, UTF-8.</param>
    /// <param name="key">The name of the value, as in <see cref="StreamOptions.LatestKey"/>.</param>
    /// <returns>The value, or <see langword="null"/> when the event has none. By default that of the outermost member of this name.</returns>
    protected internal virtual string? ReadKey(ReadOnlyMemory<byte> item, string key) => JsonScan.FindOutermost(item.Span, key);

    // For events that keep their bytes, or that need to know whether they are a fresh base.
    internal virtual T ReadItem(ReadOnlyMemory<byte> item, bool isFirst)
    {
        var reader = JsonScan.StartReading(item.Span);
        return ReadEvent(ref reader);
    }
}

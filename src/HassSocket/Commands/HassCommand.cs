using System.Text.Json;

namespace HassSocket;

/// <summary>A command to Home Assistant; derive from it (or from <see cref="HassCommand{TResult}"/>) for a custom integration's commands.</summary>
/// <remarks>Over the wire: <c>{"id":7,"type":"…", …fields}</c>. The id is given when the command leaves; the object itself is never changed.</remarks>
public abstract record HassCommand
{
    /// <summary>The command's name on the wire, such as <c>get_states</c>.</summary>
    public abstract string Type { get; }

    /// <summary>How long to wait for the answer, from the write; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</summary>
    /// <value>Default: <see langword="null"/>, <see cref="ConnectionOptions.ExpectResponseAfter"/>.</value>
    public TimeSpan? ExpectResponseAfter { get; init; }

    /// <summary>What becomes of the command without a connection.</summary>
    /// <value>Default: <see langword="null"/>, <see cref="ConnectionOptions.WhenDisconnected"/>.</value>
    public WhenUnavailable? WhenDisconnected { get; init; }

    /// <summary>What becomes of the command during a pause.</summary>
    /// <value>Default: <see langword="null"/>, <see cref="ConnectionOptions.WhenPaused"/>.</value>
    public WhenUnavailable? WhenPaused { get; init; }

    // Some commands end the socket that would answer them; their loss is their success.
    internal virtual ReadOnlyMemory<byte> ReplyAtSessionEnd => default;

    /// <summary>Writes the command's own members, never <c>id</c> or <c>type</c>. Leave out what is null: the server's schemas refuse it.</summary>
    /// <param name="writer">Stands inside the message's object; leave it there.</param>
    protected internal abstract void WriteFields(Utf8JsonWriter writer);
}

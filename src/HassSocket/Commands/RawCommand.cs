using System.Text.Json;

namespace HassSocket;

/// <summary>Any command, by its type and fields: the raw door, for what has no command of its own here.</summary>
public sealed record RawCommand : HassCommand<JsonElement>
{
    /// <summary>Creates the command.</summary>
    /// <param name="type">The command's name on the wire.</param>
    /// <param name="fields">Its members beside <c>id</c> and <c>type</c>, sent as they are; <see langword="null"/> for none.</param>
    /// <exception cref="ArgumentException">The type is empty.</exception>
    public RawCommand(string type, JsonFields? fields = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        Type = type;
        Fields = fields;
    }

    /// <inheritdoc/>
    public override string Type { get; }

    /// <summary>The members beside <c>id</c> and <c>type</c>.</summary>
    public JsonFields? Fields { get; }

    /// <inheritdoc/>
    protected internal override void WriteFields(Utf8JsonWriter writer) => Fields?.WriteMembersTo(writer);

    /// <inheritdoc/>
    protected internal override JsonElement ReadResult(ref Utf8JsonReader reader) => JsonElement.ParseValue(ref reader);
}

/// <summary>The raw door: any command and any subscription, by type and fields.</summary>
public static class RawExtensions
{
    /// <summary>Sends any command and gives its result as JSON.</summary>
    /// <remarks>Over the wire: <c>{"id":7,"type":"…", …fields}</c>.</remarks>
    /// <param name="socket">The connection.</param>
    /// <param name="type">The command's name on the wire.</param>
    /// <param name="fields">Its members beside <c>id</c> and <c>type</c>, such as a <see cref="System.Text.Json.Nodes.JsonObject"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HassCommandException">The server refused the command, or failed while it ran it.</exception>
    public static Task<JsonElement> SendMessageAsync(
        this IHassSocket socket, string type, JsonFields? fields = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return socket.SendMessageAsync(new RawCommand(type, fields), cancellationToken);
    }

    /// <summary>Sends any command without waiting for its answer; completes when it is written.</summary>
    /// <param name="socket">The connection.</param>
    /// <param name="type">The command's name on the wire.</param>
    /// <param name="fields">Its members beside <c>id</c> and <c>type</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task PostMessageAsync(
        this IHassSocket socket, string type, JsonFields? fields = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return socket.PostMessageAsync(new RawCommand(type, fields), cancellationToken);
    }

    /// <summary>Any subscription, its events as JSON.</summary>
    /// <remarks>Over the wire: <c>{"id":7,"type":"…", …fields}</c>, ended by <c>unsubscribe_events</c>.</remarks>
    /// <param name="socket">The connection.</param>
    /// <param name="type">The command's name on the wire.</param>
    /// <param name="fields">Its members beside <c>id</c> and <c>type</c>.</param>
    /// <returns>A stream that is cold to create and survives every reconnect.</returns>
    public static LiveStream<JsonElement> Subscribe(this IHassSocket socket, string type, JsonFields? fields = null)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return socket.Subscribe(new RawSubscription(type, fields));
    }
}

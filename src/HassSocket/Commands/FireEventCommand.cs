using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using HassSocket.Dialect;

namespace HassSocket;

/// <summary>Fires an event on the server's bus; for administrators.</summary>
/// <remarks>Over the wire: <c>{"id":7,"type":"fire_event","event_type":"doorbell","event_data":{…}}</c>, answered by the event's context.</remarks>
public sealed record FireEventCommand : HassCommand<EventContext>
{
    /// <summary>Creates the command.</summary>
    /// <param name="eventType">The type; the server takes at most 64 characters.</param>
    /// <exception cref="ArgumentException">The type is empty.</exception>
    public FireEventCommand(string eventType)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(eventType);
        EventType = eventType;
    }

    /// <summary>The event's type.</summary>
    public string EventType { get; }

    /// <summary>The event's data.</summary>
    /// <value>Default: <see langword="null"/>, none.</value>
    public JsonFields? Data { get; init; }

    /// <inheritdoc/>
    public override string Type => "fire_event";

    /// <inheritdoc/>
    protected internal override void WriteFields(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteString("event_type"u8, EventType);
        Data?.WriteTo(writer, "event_data"u8);
    }

    /// <inheritdoc/>
    protected internal override EventContext ReadResult(ref Utf8JsonReader reader) =>
        JsonScan.Read(ref reader, HassJson.Default.ServiceCallResult).Context;
}

/// <summary>Firing events: <c>fire_event</c>.</summary>
public static class FireEventExtensions
{
    private const string ByReflection = "Reads the members of the data by reflection; give a JsonObject, or JsonFields.Of with a JsonTypeInfo.";

    /// <summary>Fires an event on the server's bus.</summary>
    /// <param name="socket">The connection.</param>
    /// <param name="eventType">The type; the server takes at most 64 characters.</param>
    /// <param name="data">The event's data, such as a <see cref="System.Text.Json.Nodes.JsonObject"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The event's context, by which it can be recognized when it comes back.</returns>
    /// <exception cref="HassCommandException">The server refused it; mostly <c>unauthorized</c>, it takes an administrator.</exception>
    public static Task<EventContext> FireEventAsync(
        this IHassSocket socket, string eventType, JsonFields? data = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return socket.SendMessageAsync(new FireEventCommand(eventType) { Data = data }, cancellationToken);
    }

    /// <inheritdoc cref="FireEventAsync(IHassSocket, string, JsonFields?, CancellationToken)"/>
    [RequiresUnreferencedCode(ByReflection)]
    [RequiresDynamicCode(ByReflection)]
    public static Task<EventContext> FireEventAsync(
        this IHassSocket socket, string eventType, object data, CancellationToken cancellationToken = default) =>
        socket.FireEventAsync(eventType, JsonFields.FromObject(data), cancellationToken);
}

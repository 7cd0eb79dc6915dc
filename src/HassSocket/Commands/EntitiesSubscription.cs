using System.Text.Json;
using HassSocket.Dialect;

namespace HassSocket;

/// <summary>The states of entities in compressed form, first all of them and then what changes: <c>subscribe_entities</c>.</summary>
/// <remarks>Over the wire: <c>{"id":7,"type":"subscribe_entities","entity_ids":[…]}</c>; much leaner than <c>state_changed</c>. Since 2022.4.</remarks>
public sealed record EntitiesSubscription : HassSubscription<EntitiesChange>
{
    /// <summary>Creates the subscription.</summary>
    /// <param name="filter">Which entities; <see langword="null"/> for all that the user may see.</param>
    /// <exception cref="ArgumentException">The filter holds an empty list, which means all to the server.</exception>
    public EntitiesSubscription(EntityFilter? filter = null)
    {
        if (filter?.EntityIds is { Count: 0 })
            throw new ArgumentException("The list of entity ids is empty, which means all entities to the server; leave the filter out if you want them all.", nameof(filter));
        if (filter is { Include.IsEmpty: true })
            throw new ArgumentException("The filter includes nothing, which means everything to the server; leave Include out if you want it all.", nameof(filter));
        Filter = filter?.Snapshot();
    }

    /// <inheritdoc/>
    public override string Type => "subscribe_entities";

    /// <summary>Which entities; <see langword="null"/> for all that the user may see.</summary>
    public EntityFilter? Filter { get; }

    /// <inheritdoc/>
    public override SubscriptionSharing Sharing => SubscriptionSharing.Snapshot;

    /// <inheritdoc/>
    public override bool IsWide => Filter is not { EntityIds: not null } and not { Include: not null };

    /// <inheritdoc/>
    protected internal override void WriteFields(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        WriteList(writer, "entity_ids"u8, Filter?.EntityIds ?? []);
        WriteSelection(writer, "include"u8, Filter?.Include);
        WriteSelection(writer, "exclude"u8, Filter?.Exclude);
    }

    /// <inheritdoc/>
    protected internal override EntitiesChange ReadEvent(ref Utf8JsonReader reader) =>
        JsonScan.Read(ref reader, HassJson.Default.WireEntities).ToChange();

    internal override EntitiesChange ReadItem(ReadOnlyMemory<byte> item, bool isFirst) => base.ReadItem(item, isFirst) with { IsSnapshot = isFirst };

    private static void WriteSelection(Utf8JsonWriter writer, ReadOnlySpan<byte> name, EntitySelection? selection)
    {
        if (selection is null or { IsEmpty: true }) return;
        writer.WriteStartObject(name);
        WriteList(writer, "domains"u8, selection.Domains);
        WriteList(writer, "entity_globs"u8, selection.EntityGlobs);
        WriteList(writer, "entities"u8, selection.Entities);
        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<string> values)
    {
        if (values.Count == 0) return;
        writer.WriteStartArray(name);
        foreach (var value in values) writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}

/// <summary>The states of entities, as they change.</summary>
public static class EntitiesExtensions
{
    /// <summary>The states of entities, first all of them and then what changes: <c>subscribe_entities</c>.</summary>
    /// <remarks>
    /// Without a filter it counts as wide: a burst of 4,096 changes makes the server hang up, half as many where a second wide
    /// subscription is held. After a reconnect, a pause or a drop it begins anew with <see cref="EntitiesChange.IsSnapshot"/>.
    /// </remarks>
    /// <param name="socket">The connection.</param>
    /// <param name="filter">Which entities; <see langword="null"/> for all that the user may see.</param>
    /// <returns>A stream that is cold to create and survives every reconnect.</returns>
    /// <exception cref="ArgumentException">The filter holds an empty list, which means all to the server.</exception>
    public static LiveStream<EntitiesChange> SubscribeEntities(this IHassSocket socket, EntityFilter? filter = null)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return socket.Subscribe(new EntitiesSubscription(filter));
    }
}

using System.Text.Json;

namespace HassSocket;

/// <summary>What a service call is about: entities, devices, areas, floors, labels, or several of these.</summary>
/// <remarks>Over the wire: <c>{"entity_id":"light.bed_light","area_id":["study","hall"]}</c>; what is empty is left out.</remarks>
public sealed record Target
{
    /// <summary>Entities, such as <c>light.bed_light</c>; the word <c>all</c> alone means all that the service knows.</summary>
    public IReadOnlyList<string> EntityId { get; init; } = [];

    /// <summary>Devices, by id.</summary>
    public IReadOnlyList<string> DeviceId { get; init; } = [];

    /// <summary>Areas, by id.</summary>
    public IReadOnlyList<string> AreaId { get; init; } = [];

    /// <summary>Floors, by id.</summary>
    public IReadOnlyList<string> FloorId { get; init; } = [];

    /// <summary>Labels, by id.</summary>
    public IReadOnlyList<string> LabelId { get; init; } = [];

    /// <summary>What is left out of all this; servers before 2026.11 refuse it.</summary>
    /// <value>Default: <see langword="null"/>, nothing.</value>
    public Target? Exclude { get; init; }

    private bool IsEmpty => EntityId.Count + DeviceId.Count + AreaId.Count + FloorId.Count + LabelId.Count == 0;

    /// <summary>Aims at entities.</summary>
    /// <param name="entityIds">Their ids, such as <c>light.bed_light</c>.</param>
    public static Target Entity(params IReadOnlyList<string> entityIds) => new() { EntityId = entityIds };

    /// <summary>Aims at devices.</summary>
    /// <param name="deviceIds">Their ids.</param>
    public static Target Device(params IReadOnlyList<string> deviceIds) => new() { DeviceId = deviceIds };

    /// <summary>Aims at areas.</summary>
    /// <param name="areaIds">Their ids.</param>
    public static Target Area(params IReadOnlyList<string> areaIds) => new() { AreaId = areaIds };

    /// <summary>Aims at floors.</summary>
    /// <param name="floorIds">Their ids.</param>
    public static Target Floor(params IReadOnlyList<string> floorIds) => new() { FloorId = floorIds };

    /// <summary>Aims at labels.</summary>
    /// <param name="labelIds">Their ids.</param>
    public static Target Label(params IReadOnlyList<string> labelIds) => new() { LabelId = labelIds };

    internal void WriteTo(Utf8JsonWriter writer, ReadOnlySpan<byte> name)
    {
        if (IsEmpty)
            throw new ArgumentException("The target names nothing: give at least one entity, device, area, floor or label, or no target at all.");
        writer.WriteStartObject(name);
        Write(writer, "entity_id"u8, EntityId);
        Write(writer, "device_id"u8, DeviceId);
        Write(writer, "area_id"u8, AreaId);
        Write(writer, "floor_id"u8, FloorId);
        Write(writer, "label_id"u8, LabelId);
        Exclude?.WriteTo(writer, "exclude"u8);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<string> ids)
    {
        // One id goes as a text: the words "all" and "none" are understood in no other form.
        if (ids.Count == 1) writer.WriteString(name, ids[0]);
        if (ids.Count < 2) return;
        writer.WriteStartArray(name);
        foreach (var id in ids) writer.WriteStringValue(id);
        writer.WriteEndArray();
    }
}

using System.Text.Json;

namespace HassSocket.Trpc;

/// <summary>The tags of a value and of what is inside it; without a tag of its own it is only the way to those inside.</summary>
internal sealed class SuperJsonMeta
{
    /// <summary>The tag: one word, or two for a kind and a name.</summary>
    public IReadOnlyList<string> Tag { get; init; } = [];

    /// <summary>The tagged values inside, by their paths from here.</summary>
    public List<(List<string> Path, SuperJsonMeta Meta)> Inside { get; } = [];

    /// <summary>Notes what a part of the value has.</summary>
    public void Add(string segment, SuperJsonMeta? part)
    {
        if (part is null) return;
        if (part.Tag.Count > 0)
        {
            Inside.Add(([segment], part));
            return;
        }

        foreach (var (path, meta) in part.Inside) Inside.Add(([segment, .. path], meta));
    }

    /// <summary>Nothing, where there is nothing to tell.</summary>
    public SuperJsonMeta? OrNothing() => Tag.Count == 0 && Inside.Count == 0 ? null : this;

    /// <summary>Whether every path can be written in the old dialect, which both know.</summary>
    private bool IsSafeAsLegacy() => Inside.TrueForAll(part => JsPath.IsSafeAsLegacy(part.Path) && part.Meta.IsSafeAsLegacy());

    /// <summary>Whether any path holds a backslash, about which the dialects differ.</summary>
    private bool HasBackslash() => Inside.Exists(part => part.Path.Exists(segment => segment.Contains('\\')) || part.Meta.HasBackslash());

    /// <summary>Writes the member <c>meta</c> of an envelope, if there is anything to tell.</summary>
    public static void WriteTo(Utf8JsonWriter writer, SuperJsonMeta? meta, Identities identities)
    {
        var tellsIdentities = identities.Any();
        if (meta is null && !tellsIdentities) return;
        var hasBackslash = (meta?.HasBackslash() ?? false) || identities.HasBackslash();
        // Old servers know only the old dialect, new ones both; without a backslash a path is the same in either.
        var isLegacy = hasBackslash && (meta?.IsSafeAsLegacy() ?? true) && identities.IsSafeAsLegacy();
        writer.WriteStartObject("meta"u8);
        if (meta is not null)
        {
            writer.WritePropertyName("values"u8);
            meta.WriteTo(writer, isLegacy);
        }

        if (tellsIdentities)
        {
            writer.WritePropertyName("referentialEqualities"u8);
            identities.WriteTo(writer, isLegacy);
        }

        if (!isLegacy) writer.WriteNumber("v"u8, 1);
        writer.WriteEndObject();
    }

    private void WriteTo(Utf8JsonWriter writer, bool isLegacy)
    {
        if (Tag.Count > 0) writer.WriteStartArray();
        if (Tag.Count == 1) writer.WriteStringValue(Tag[0]);
        else if (Tag.Count == 2) WriteTag(writer);
        if (Inside.Count > 0) WriteInside(writer, isLegacy);
        if (Tag.Count > 0) writer.WriteEndArray();
    }

    private void WriteTag(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var word in Tag) writer.WriteStringValue(word);
        writer.WriteEndArray();
    }

    private void WriteInside(Utf8JsonWriter writer, bool isLegacy)
    {
        writer.WriteStartObject();
        foreach (var (path, meta) in Inside)
        {
            writer.WritePropertyName(JsPath.Join(path, isLegacy));
            meta.WriteTo(writer, isLegacy);
        }

        writer.WriteEndObject();
    }
}

using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace HassSocket.Trpc;

/// <summary>Writes a value as an envelope of superjson, and refuses what a server could not read.</summary>
internal sealed class SuperJsonWriter(Utf8JsonWriter writer, IReadOnlyList<SuperJsonClass> classes)
{
    // Far beyond any input that means something; the server's recursion ends a little later, without telling whose input it was.
    private const int MaxDepth = 256;

    private readonly Identities _identities = new();
    private readonly HashSet<object> _above = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> _path = [];
    private JsonTypeInfo? _near;
    private bool _isRepeating;

    public void Write(object? value, JsonTypeInfo model)
    {
        _near = model;
        writer.WriteStartObject();
        writer.WritePropertyName("json"u8);
        SuperJsonMeta.WriteTo(writer, WriteValue(value, model), _identities);
        writer.WriteEndObject();
    }

    private SuperJsonMeta? WriteValue(object? value, JsonTypeInfo? model)
    {
        if (value is null)
        {
            writer.WriteNullValue();
            return null;
        }

        if (classes.FirstOrDefault(one => one.TypeInfo?.Type == value.GetType()) is { } known) return WriteRegistered(value, known);
        if (SuperJsonScalars.TryWrite(writer, value, out var meta)) return meta;
        switch (value)
        {
            case JsonElement json:
                ForbiddenNames.RefuseIn(json, Place);
                writer.WriteRawValue(json.GetRawText());
                return null;
            case JsTagged tagged: return WriteTagged(tagged);
            case JsError error: return WriteError(error);
            case Exception error: return WriteError(new JsError(error.GetType().Name, error.Message));
            default: return WriteContainer(value, RuntimeModel(value, model));
        }
    }

    // Like the serializer: a member declared as object is written as what it is, any other as what it is declared to be.
    private JsonTypeInfo? RuntimeModel(object value, JsonTypeInfo? model) =>
        model is null || model.Type == typeof(object) ? ModelInfo.Of(_near!, value.GetType()) : ModelInfo.Unwrap(model);

    private SuperJsonMeta? WriteContainer(object value, JsonTypeInfo? model)
    {
        // What is inside an object that was written before is told by that one.
        var wasRepeating = _isRepeating;
        if (!_isRepeating && (value is IEnumerable || model?.Kind == JsonTypeInfoKind.Object)) _isRepeating = !_identities.IsNew(value, _path);
        var meta = WriteUnlessInItself(value, model);
        _isRepeating = wasRepeating;
        return meta;
    }

    private SuperJsonMeta? WriteUnlessInItself(object value, JsonTypeInfo? model)
    {
        if (!_above.Add(value))
        {
            // What stands in itself is told by its path only.
            writer.WriteNullValue();
            return null;
        }

        if (_above.Count > MaxDepth) throw new ArgumentException($"The input is nested deeper than {MaxDepth} levels ({Place}).");
        var meta = WriteOpened(value, model);
        _above.Remove(value);
        return meta;
    }

    private SuperJsonMeta? WriteOpened(object value, JsonTypeInfo? model)
    {
        if (value is JsMap map) return WriteRows(map.Select(entry => (entry.Key, entry.Value)), null);
        if (model is { Kind: JsonTypeInfoKind.Object, PolymorphismOptions: null }) return WriteObject(value, model);
        if (model?.Kind is null or JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary)
        {
            var element = ModelInfo.OfElement(model);
            if (value is IDictionary dictionary) return WriteDictionary(dictionary, element);
            if (ModelInfo.IsPair(element)) return WriteRows(((IEnumerable)value).Cast<object>().Select(pair => PartsOf(pair, element!)), element);
            if (value is IEnumerable items) return WriteItems(items, element, SuperJsonScalars.IsSet(value) ? ["set"] : []);
        }

        if (model is null) throw new ArgumentException($"A {value.GetType().Name} cannot be written ({Place}): the options of its model do not describe it.");
        var json = JsonSerializer.SerializeToElement(value, model);
        ForbiddenNames.RefuseIn(json, Place);
        writer.WriteRawValue(json.GetRawText());
        return null;
    }

    private SuperJsonMeta? WriteObject(object value, JsonTypeInfo model)
    {
        var meta = new SuperJsonMeta();
        writer.WriteStartObject();
        foreach (var property in model.Properties)
        {
            if (property.Get is not { } get) continue;
            var part = get(value);
            if (property.ShouldSerialize is { } should && !should(value, part)) continue;
            if (property.IsExtensionData) WriteMembers(part as IDictionary, null, meta);
            else if (property.CustomConverter is not null) WriteConverted(value, model, property);
            else WriteMember(property.Name, part, ModelInfo.Of(model, property.PropertyType), meta);
        }

        writer.WriteEndObject();
        return meta.OrNothing();
    }

    // A converter writes what only it knows, so the serializer writes the whole, and the member is taken out of that.
    private void WriteConverted(object value, JsonTypeInfo model, JsonPropertyInfo property)
    {
        if (!JsonSerializer.SerializeToElement(value, model).TryGetProperty(property.Name, out var json)) return;
        writer.WritePropertyName(property.Name);
        writer.WriteRawValue(json.GetRawText());
    }

    private SuperJsonMeta? WriteDictionary(IDictionary dictionary, JsonTypeInfo? element)
    {
        if (dictionary.Keys.Cast<object>().Any(key => key is not string))
            return WriteRows(EntriesOf(dictionary), element);
        var meta = new SuperJsonMeta();
        writer.WriteStartObject();
        WriteMembers(dictionary, element, meta);
        writer.WriteEndObject();
        return meta.OrNothing();
    }

    private static IEnumerable<(object? Key, object? Value)> EntriesOf(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary) yield return (entry.Key, entry.Value);
    }

    private void WriteMembers(IDictionary? members, JsonTypeInfo? element, SuperJsonMeta meta)
    {
        if (members is null) return;
        foreach (DictionaryEntry member in members) WriteMember((string)member.Key, member.Value, element, meta);
    }

    private void WriteMember(string name, object? value, JsonTypeInfo? model, SuperJsonMeta meta)
    {
        ForbiddenNames.Refuse(name, Place);
        writer.WritePropertyName(name);
        meta.Add(name, WritePart(name, value, model));
    }

    private SuperJsonMeta? WriteItems(IEnumerable items, JsonTypeInfo? element, IReadOnlyList<string> tag)
    {
        var meta = new SuperJsonMeta { Tag = tag };
        writer.WriteStartArray();
        var index = 0;
        foreach (var item in items)
        {
            var segment = SuperJsonScalars.Index(index++);
            meta.Add(segment, WritePart(segment, item, element));
        }

        writer.WriteEndArray();
        return meta.OrNothing();
    }

    private SuperJsonMeta WriteRows(IEnumerable<(object? Key, object? Value)> rows, JsonTypeInfo? element)
    {
        var meta = new SuperJsonMeta { Tag = ["map"] };
        var valueModel = ModelInfo.IsPair(element) ? ModelInfo.OfMember(element, element!.Properties[1].Name) : element;
        writer.WriteStartArray();
        var index = 0;
        foreach (var (key, value) in rows)
        {
            var row = SuperJsonScalars.Index(index++);
            meta.Add(row, Within(row, () => WriteRow(key, value, valueModel)));
        }

        writer.WriteEndArray();
        return meta;
    }

    private SuperJsonMeta? WriteRow(object? key, object? value, JsonTypeInfo? valueModel)
    {
        var meta = new SuperJsonMeta();
        writer.WriteStartArray();
        meta.Add("0", WritePart("0", key, null));
        meta.Add("1", WritePart("1", value, valueModel));
        writer.WriteEndArray();
        return meta.OrNothing();
    }

    private SuperJsonMeta WriteError(JsError error)
    {
        var meta = new SuperJsonMeta { Tag = ["Error"] };
        writer.WriteStartObject();
        writer.WriteString("name"u8, error.Name);
        writer.WriteString("message"u8, error.Message);
        if (error.Cause is not null) WriteMember("cause", error.Cause, null, meta);
        foreach (var (name, value) in error.Properties) WriteMember(name, value, null, meta);
        writer.WriteEndObject();
        return meta;
    }

    private SuperJsonMeta WriteRegistered(object value, SuperJsonClass known) =>
        Tagged([known.Kind, known.Id], WriteContainer(value, known.TypeInfo));

    private SuperJsonMeta WriteTagged(JsTagged tagged)
    {
        if (tagged.Tag.ValueKind == JsonValueKind.Array && tagged.Tag.GetArrayLength() == 2
            && classes.FirstOrDefault(one => tagged.Tag[0].ValueEquals(one.Kind) && tagged.Tag[1].ValueEquals(one.Id)) is { } known)
            return Tagged([known.Kind, known.Id], WriteValue(tagged.Value, null));
        throw new ArgumentException(
            $"The tag {tagged.Tag.GetRawText()} ({Place}) is not registered, and a server that does not know it could not read anything of the input. " +
            "Register it with a SuperJsonClass, if the server does.");
    }

    private static SuperJsonMeta Tagged(IReadOnlyList<string> tag, SuperJsonMeta? inside)
    {
        var meta = new SuperJsonMeta { Tag = tag };
        if (inside is not null) meta.Inside.AddRange(inside.Inside);
        return meta;
    }

    private SuperJsonMeta? WritePart(string segment, object? value, JsonTypeInfo? model) => Within(segment, () => WriteValue(value, model));

    private SuperJsonMeta? Within(string segment, Func<SuperJsonMeta?> write)
    {
        _path.Add(segment);
        var meta = write();
        _path.RemoveAt(_path.Count - 1);
        return meta;
    }

    private static (object? Key, object? Value) PartsOf(object pair, JsonTypeInfo model) =>
        (model.Properties[0].Get!(pair), model.Properties[1].Get!(pair));

    private string Place => _path.Count == 0 ? "at the root" : $"at {JsPath.Join(_path, isLegacy: true)}";
}

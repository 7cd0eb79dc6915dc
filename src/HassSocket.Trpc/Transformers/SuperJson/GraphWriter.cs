using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace HassSocket.Trpc;

/// <summary>Writes a graph as the plain JSON that a model is read from; where JSON has several forms for a value, the model decides.</summary>
internal sealed class GraphWriter(Utf8JsonWriter writer)
{
    private readonly HashSet<object> _above = new(ReferenceEqualityComparer.Instance);

    public void Write(object? value, JsonTypeInfo? model)
    {
        model = ModelInfo.Unwrap(model);
        switch (value)
        {
            case null or JsUndefined: writer.WriteNullValue(); break;
            case JsonElement leaf: writer.WriteRawValue(leaf.GetRawText()); break;
            case DateTimeOffset date: writer.WriteStringValue(date); break;
            case BigInteger number: WriteNumber(number, model); break;
            case double number: WriteNumber(number); break;
            case JsTypedArray array: WriteArray(array, model); break;
            case JsTagged tagged: Write(tagged.Value, model); break;
            case JsError error: WriteError(error, model); break;
            case Uri or JsRegExp: writer.WriteStringValue(value.ToString()); break;
            default: WriteContainer(value, model); break;
        }
    }

    private void WriteContainer(object value, JsonTypeInfo? model)
    {
        // A cycle cannot be told in JSON.
        if (!_above.Add(value))
        {
            writer.WriteNullValue();
            return;
        }

        if (value is Dictionary<string, object?> members) WriteObject(members, model);
        else if (value is JsMap map) WriteMap(map, model);
        else WriteItems((List<object?>)value, model);
        _above.Remove(value);
    }

    private void WriteObject(IEnumerable<KeyValuePair<string, object?>> members, JsonTypeInfo? model)
    {
        writer.WriteStartObject();
        WriteMembers(members, model);
        writer.WriteEndObject();
    }

    private void WriteMembers(IEnumerable<KeyValuePair<string, object?>> members, JsonTypeInfo? model)
    {
        foreach (var (name, member) in members.Where(member => member.Value is not JsUndefined))
        {
            writer.WritePropertyName(name);
            Write(member, ModelInfo.OfMember(model, name));
        }
    }

    private void WriteItems(List<object?> items, JsonTypeInfo? model)
    {
        writer.WriteStartArray();
        foreach (var item in items) Write(item, ModelInfo.OfElement(model));
        writer.WriteEndArray();
    }

    private void WriteMap(JsMap map, JsonTypeInfo? model)
    {
        var element = ModelInfo.OfElement(model);
        if (model?.Kind == JsonTypeInfoKind.Dictionary)
        {
            writer.WriteStartObject();
            foreach (var (key, value) in map)
            {
                writer.WritePropertyName(KeyText(key));
                Write(value, element);
            }

            writer.WriteEndObject();
            return;
        }

        writer.WriteStartArray();
        foreach (var (key, value) in map) WriteEntry(key, value, element);
        writer.WriteEndArray();
    }

    private void WriteEntry(object? key, object? value, JsonTypeInfo? element)
    {
        if (ModelInfo.IsPair(element))
        {
            writer.WriteStartObject();
            for (var i = 0; i < 2; i++)
            {
                writer.WritePropertyName(element!.Properties[i].Name);
                Write(i == 0 ? key : value, ModelInfo.OfMember(element, element.Properties[i].Name));
            }

            writer.WriteEndObject();
            return;
        }

        writer.WriteStartArray();
        Write(key, ModelInfo.OfElement(element));
        Write(value, ModelInfo.OfElement(element));
        writer.WriteEndArray();
    }

    private void WriteError(JsError error, JsonTypeInfo? model)
    {
        writer.WriteStartObject();
        writer.WriteString(ModelInfo.NameOf(model, "name"), error.Name);
        writer.WriteString(ModelInfo.NameOf(model, "message"), error.Message);
        var cause = KeyValuePair.Create<string, object?>("cause", error.Cause);
        WriteMembers(error.Cause is null ? error.Properties : error.Properties.Append(cause), model);
        writer.WriteEndObject();
    }

    private void WriteArray(JsTypedArray array, JsonTypeInfo? model)
    {
        if (model?.Type == typeof(byte[]))
        {
            writer.WriteBase64StringValue([.. array.Items.Select(item => (byte)item)]);
            return;
        }

        writer.WriteStartArray();
        foreach (var item in array.Items) WriteNumber(item);
        writer.WriteEndArray();
    }

    private void WriteNumber(BigInteger number, JsonTypeInfo? model)
    {
        if (model?.Type == typeof(string)) writer.WriteStringValue(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        else writer.WriteRawValue(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    // As the serializer reads them with JsonNumberHandling.AllowNamedFloatingPointLiterals.
    private void WriteNumber(double number)
    {
        if (double.IsFinite(number)) writer.WriteNumberValue(number);
        else writer.WriteStringValue(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static string KeyText(object? key) => key switch
    {
        JsonElement leaf => leaf.ToString(),
        DateTimeOffset date => date.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        IFormattable value => value.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        null => "null",
        _ when key is JsUndefined or Uri => key.ToString()!,
        _ => throw new JsonException("A key of a map is no text, number or date; read it as a list of pairs."),
    };
}

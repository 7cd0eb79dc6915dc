using System.Text.Json;

namespace HassSocket.Testing.Simulator;

/// <summary>The messages of the server.</summary>
internal static class Messages
{
    public static byte[] AuthRequired(string version) => Object(writer =>
    {
        writer.WriteString("type", "auth_required");
        writer.WriteString("ha_version", version);
    });

    public static byte[] AuthOk(string version) => Object(writer =>
    {
        writer.WriteString("type", "auth_ok");
        writer.WriteString("ha_version", version);
    });

    public static byte[] AuthInvalid(string message) => Object(writer =>
    {
        writer.WriteString("type", "auth_invalid");
        writer.WriteString("message", message);
    });

    public static byte[] Pong(string id) => Object(writer =>
    {
        WriteId(writer, id);
        writer.WriteString("type", "pong");
    });

    public static byte[] Result(string id, Action<Utf8JsonWriter>? writeResult) => Object(writer =>
    {
        WriteId(writer, id);
        writer.WriteString("type", "result");
        writer.WriteBoolean("success", true);
        writer.WritePropertyName("result");
        if (writeResult is null) writer.WriteNullValue();
        else writeResult(writer);
    });

    public static byte[] Error(string id, SimulatedErrorException error) => Object(writer =>
    {
        WriteId(writer, id);
        writer.WriteString("type", "result");
        writer.WriteBoolean("success", false);
        writer.WriteStartObject("error");
        writer.WriteString("code", error.Code);
        writer.WriteString("message", error.Message);
        if (error.TranslationKey is { } key)
        {
            writer.WriteString("translation_key", key);
            writer.WriteNode("translation_placeholders", error.TranslationPlaceholders);
            writer.WriteString("translation_domain", error.TranslationDomain);
        }

        writer.WriteEndObject();
    });

    /// <summary>Events that the server keeps ready for all who hear them have the id at the end: those of the bus and entity differences.</summary>
    public static byte[] EventIdLast(string id, byte[] payload) => Object(writer =>
    {
        writer.WriteString("type", "event");
        writer.WritePropertyName("event");
        writer.WriteRawValue(payload, skipInputValidation: true);
        WriteId(writer, id);
    });

    public static byte[] EventIdFirst(string id, byte[] payload) => Object(writer =>
    {
        WriteId(writer, id);
        writer.WriteString("type", "event");
        writer.WritePropertyName("event");
        writer.WriteRawValue(payload, skipInputValidation: true);
    });

    private static byte[] Object(Action<Utf8JsonWriter> body) => JsonBytes.Write(writer =>
    {
        writer.WriteStartObject();
        body(writer);
        writer.WriteEndObject();
    });

    private static void WriteId(Utf8JsonWriter writer, string id)
    {
        writer.WritePropertyName("id");
        writer.WriteRawValue(id, skipInputValidation: true);
    }
}

using System.Buffers;
using System.Text.Json;

namespace HassSocket.Dialect;

/// <summary>What a server says while it is starting: its socket opens long before its integrations are loaded.</summary>
internal static class StartingServer
{
    // A command comes with its integration; entities, devices and the triggers of an integration come even later.
    private static readonly HashSet<string> MayPass =
    [
        "unknown_command", "not_found", "invalid_entity_id", "entity_not_found", "item_not_found", "invalid_info", "config_not_found",
        "home_assistant_error", "service_validation_error", "template_error", "unknown_error", "timeout",
    ];

    public static bool MayComeLater(CommandFailedException error) =>
        MayPass.Contains(error.Code) || (error.Code == "invalid_format" && error.Command is "subscribe_trigger" or "subscribe_condition");

    /// <summary>Whether an answer to <c>get_config</c> says RUNNING.</summary>
    public static bool IsRunning(in ReadOnlySequence<byte> config)
    {
        var reader = JsonScan.StartReading(config);
        if (reader.TokenType != JsonTokenType.StartObject) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isState = reader.ValueTextEquals("state"u8);
            reader.Read();
            if (isState) return reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("RUNNING"u8);
            reader.Skip();
        }

        return false;
    }
}

namespace HassSocket.Dialect;

/// <summary>What to tell a person about a refused command, with a hint where the server's words mislead.</summary>
internal static class RefusalText
{
    public static string Describe(string? command, string code, string serverMessage, string? translationKey)
    {
        var what = command is null ? "Home Assistant refused a request" : $"Home Assistant refused '{command}'";
        var said = serverMessage.Length == 0 ? $"{what} ({code})." : $"{what}: {WithFullStop(serverMessage)} ({code})";
        return Hint(command ?? "", code, serverMessage, translationKey) is { } hint ? $"{said} {hint}" : said;
    }

    private static string? Hint(string command, string code, string serverMessage, string? translationKey) => code switch
    {
        "unauthorized" => Unauthorized(command),
        "unknown_command" => "No loaded integration offers this command: the integration is not set up, or the server is still starting.",
        "home_assistant_error" when serverMessage == "Unauthorized" =>
            "The user to whom the token belongs may not do this with these entities; the connection and the token are fine.",
        "invalid_format" when command != "call_service" =>
            "The server's version of this command takes other members than those that were sent; an explicit null counts as a wrong one.",
        "id_reuse" => "Something else writes to the same socket.",
        "timeout" => "The server gave up waiting for something of its own.",
        _ => ByTranslation(translationKey),
    };

    private static string Unauthorized(string command)
    {
        if (command.StartsWith("supervisor/", StringComparison.Ordinal) || command.StartsWith("hassio/", StringComparison.Ordinal))
        {
            return "Since Supervisor 2026.08 its proxy answers every command that begins with supervisor/ or hassio/ like this, whatever the token: " +
                   "an add-on asks http://supervisor/ instead. Without that proxy it takes an administrator. The connection is fine.";
        }

        return command == "subscribe_events"
            ? "Only an administrator's token may hear all events; others may hear state_changed and the registries' events. The connection and the token are fine."
            : "This needs more rights than the user has to whom the token belongs, mostly an administrator's. The connection and the token are fine.";
    }

    private static string? ByTranslation(string? key) => key switch
    {
        "service_not_found" => "Either the name is misspelt, or the integration that brings this service is not loaded.",
        "service_lacks_response_request" => "This service only works when its response is asked for.",
        "service_does_not_support_response" => "This service has no response to give; call it without asking for one.",
        _ => null,
    };

    private static string WithFullStop(string text) => text[^1] is '.' or '!' or '?' ? text : text + ".";
}

using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>The errors that Home Assistant has words for.</summary>
internal static class Errors
{
    public static SimulatedErrorException Malformed => InvalidFormat("Message incorrectly formatted.");

    public static SimulatedErrorException IdReuse => new("id_reuse", "Identifier values have to increase.");

    public static SimulatedErrorException UnknownCommand => new("unknown_command", "Unknown command.");

    public static SimulatedErrorException Unknown => new("unknown_error", "Unknown error");

    public static SimulatedErrorException Unauthorized => new("unauthorized", "Unauthorized");

    public static SimulatedErrorException InvalidToken => new("invalid_token_id", "Received invalid token");

    /// <summary>A refusal inside a service call has another code than one of the command itself.</summary>
    public static SimulatedErrorException ServiceUnauthorized => new("home_assistant_error", "Unauthorized");

    public static SimulatedErrorException InvalidFormat(string message) => new("invalid_format", message);

    public static SimulatedErrorException ServiceNotFound(string domain, string service)
        => new("not_found", $"Service {domain}.{service} not found.")
        {
            TranslationKey = "service_not_found",
            TranslationPlaceholders = new JsonObject { ["domain"] = domain, ["service"] = service },
            TranslationDomain = "homeassistant",
        };

    public static SimulatedErrorException NoResponse => ResponseMode(
        "An action which does not return responses can't be called with return_response=True", "service_does_not_support_response");

    public static SimulatedErrorException ResponseNeeded => ResponseMode(
        "The action requires responses and must be called with return_response=True", "service_lacks_response_request");

    /// <summary>A service that does not like its data.</summary>
    public static SimulatedErrorException Validation(string domain, string message, string key, JsonObject placeholders)
        => new("service_validation_error", $"Validation error: {message}")
        {
            TranslationKey = key,
            TranslationPlaceholders = placeholders,
            TranslationDomain = domain,
        };

    private static SimulatedErrorException ResponseMode(string message, string key)
        => Validation("homeassistant", message, key, new JsonObject { ["return_response"] = "return_response=True" });
}

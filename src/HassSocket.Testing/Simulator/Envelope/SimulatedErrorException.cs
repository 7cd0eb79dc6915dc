using System.Text.Json.Nodes;

namespace HassSocket.Testing;

/// <summary>Thrown by a handler of a service or command to answer with an error.</summary>
public sealed class SimulatedErrorException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">The code on the wire, such as <c>home_assistant_error</c> or <c>not_found</c>.</param>
    /// <param name="message">The message on the wire.</param>
    public SimulatedErrorException(string code, string message)
        : base(message) => Code = code;

    /// <summary>The code on the wire.</summary>
    public string Code { get; }

    /// <summary>The translation key; with one, placeholders and domain go out as well.</summary>
    public string? TranslationKey { get; init; }

    /// <summary>The values for the translation.</summary>
    public JsonObject? TranslationPlaceholders { get; init; }

    /// <summary>The integration that knows the translation.</summary>
    public string? TranslationDomain { get; init; }

    /// <summary>The same failure in other words.</summary>
    internal SimulatedErrorException As(string code, string message) => new(code, message)
    {
        TranslationKey = TranslationKey,
        TranslationPlaceholders = TranslationPlaceholders,
        TranslationDomain = TranslationDomain,
    };
}

namespace HassSocket.Configuration;

/// <summary>Reads a token that a person pasted, and says what is wrong with it without showing it.</summary>
internal static class TokenText
{
    private const string Advice = "copy it anew from the Security tab of your Home Assistant profile, as one line";

    /// <summary>Takes the space and line breaks away that pasting, or a file, put around a token.</summary>
    public static string Trim(string token) => token.Trim();

    /// <summary>Says what is wrong with a token.</summary>
    /// <returns>A sentence without the token, or <see langword="null"/>.</returns>
    public static string? Check(string text)
    {
        var token = Trim(text);
        if (token.Length == 0)
            return "Token is empty; set it to a long-lived access token, made on the Security tab of your Home Assistant profile.";
        if (token.Contains("://", StringComparison.Ordinal))
            return "Token holds an address; were the address and the token swapped?";
        if (token.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return "Token begins with \"Bearer\"; give the token alone, the word belongs to HTTP headers.";
        if (token.AsSpan().IndexOfAny('\r', '\n') >= 0)
            return $"Token has a line break in its middle, perhaps from a terminal that wrapped it; {Advice}.";
        if (token.Any(char.IsWhiteSpace))
            return $"Token has a space in its middle; {Advice}.";
        if (token[0] is '"' or '\'' || token[^1] is '"' or '\'')
            return "Token stands in quotation marks that are part of its value; remove them.";
        return token.Any(c => c is < '!' or > '~')
            ? $"Token has characters that no token has, perhaps an ellipsis of a shortened text; {Advice}."
            : null;
    }

    /// <summary>Whether a text has the shape of Home Assistant's tokens: three parts, the first a JSON object in base64.</summary>
    public static bool LooksLikeToken(string text) =>
        text.StartsWith("eyJ", StringComparison.Ordinal) && text.Count(c => c == '.') == 2 && text.Length > 40;

    /// <summary>Whether a text may hold such a token, perhaps with something before or behind it, so that no message may show it.</summary>
    public static bool MayHoldToken(string text) =>
        text.IndexOf("eyJ", StringComparison.Ordinal) is >= 0 and var at && text.Length - at > 40 && text.IndexOf('.', at) > 0;
}

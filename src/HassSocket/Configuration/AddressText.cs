using System.Net;

namespace HassSocket.Configuration;

/// <summary>Reads an address that a person typed, and says what is wrong with it without repeating a secret.</summary>
internal static class AddressText
{
    private const string Example = "http://homeassistant.local:8123";

    private static readonly string[] LocalEndings = [".local", ".lan", ".home", ".internal", ".home.arpa", ".localdomain", ".fritz.box"];

    /// <summary>Reads an absolute address.</summary>
    /// <returns>What is wrong with it, or <see langword="null"/>.</returns>
    public static string? Parse(string option, string text, out Uri? url)
    {
        url = null;
        text = text.Trim();
        if (text.Length == 0) return $"{option} is empty; write the address of Home Assistant, such as {Example}.";
        if (TokenText.MayHoldToken(text)) return $"{option} holds what looks like an access token; were the address and the token swapped?";
        if (text.Any(char.IsWhiteSpace)) return $"{option} has a space or a line break in it; an address has none.";

        var hasScheme = text.Contains("://", StringComparison.Ordinal);
        if (!hasScheme && SchemeProblem(option, text) is { } problem) return problem;
        if (!Uri.TryCreate(hasScheme ? text : "http://" + text, UriKind.Absolute, out var parsed) || parsed.Host.Length == 0)
            return $"{option} ({Shown(text)}) is not an address; write scheme, host and, where it is not the scheme's own, port, such as {Example}.";

        problem = PartProblem(option, text, parsed) ?? (hasScheme ? null : GuessProblem(option, parsed));
        if (problem is null) url = parsed;
        return problem;
    }

    private static string? SchemeProblem(string option, string text)
    {
        if (Array.Exists(["http:", "https:", "ws:", "wss:"], scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)))
            return $"{option} lacks the two slashes after its scheme; write it like {Example}.";
        return !text.StartsWith('[') && IPAddress.TryParse(text, out var address) && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
            ? $"{option} is an IPv6 address without brackets; write http://[{text}], with a port after the bracket where it needs one."
            : null;
    }

    private static string? PartProblem(string option, string text, Uri url)
    {
        if (url.Scheme is not ("http" or "https" or "ws" or "wss"))
            return $"{option} begins with {url.Scheme}://, but must begin with http://, https://, ws:// or wss://.";
        if (url.UserInfo.Length > 0)
            return $"{option} holds a user name or a password; Home Assistant takes neither there, so remove all up to the @ and set Token.";
        if (text.Contains('?') || text.Contains('#'))
            return $"{option} has a part after ? or #; remove it, only scheme, host, port and path belong there.";
        return null;
    }

    // A guess of plain http is harmless at home; on the internet it would show the token to everyone on the way.
    private static string? GuessProblem(string option, Uri url)
    {
        if (url.Port == 443)
            return $"{option} has no scheme, and port 443 usually means https; write https://{url.Host}.";
        return IsLocal(url)
            ? null
            : $"{option} has no scheme, and {url.Host} does not look like an address of a local network; write https:// before it, or http:// if the token may travel readable.";
    }

    private static bool IsLocal(Uri url)
    {
        if (url.IsLoopback || !url.Host.Contains('.') && url.HostNameType == UriHostNameType.Dns) return true;
        if (!IPAddress.TryParse(url.DnsSafeHost, out var address))
            return Array.Exists(LocalEndings, ending => url.Host.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        return address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal || IsPrivate(address.GetAddressBytes());
    }

    private static bool IsPrivate(byte[] b) =>
        b.Length == 4 && (b[0] == 10 || b[0] == 172 && b[1] is >= 16 and <= 31 || b[0] == 192 && b[1] == 168 || b[0] == 169 && b[1] == 254);

    private static string Shown(string text)
    {
        if (text.IndexOfAny(['?', '#']) is >= 0 and var end) text = text[..end];
        if (text.LastIndexOf('@') is >= 0 and var at) text = "…" + text[at..];
        return text.Length > 100 ? text[..100] + "…" : text;
    }
}

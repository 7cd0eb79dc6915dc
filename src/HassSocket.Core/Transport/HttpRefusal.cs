using System.Net;

namespace HassSocket.Transport;

/// <summary>Says what an HTTP status in answer to an upgrade usually means.</summary>
internal static class HttpRefusal
{
    private const int LongestLocation = 200;

    public static string Explain(HttpStatusCode status, Uri url, string? location) => (int)status switch
    {
        301 or 302 or 303 or 307 or 308 => ExplainRedirect(url, location),
        >= 200 and < 300 => "something else than a WebSocket is served there. " +
                            "Is the path right, and does a proxy in between pass WebSockets on?",
        400 => "the request was not understood. A proxy in between may drop the headers of the upgrade (Upgrade, Connection), " +
               "or the server does not trust the proxy that passed it on.",
        401 => "it wants credentials for the upgrade itself, which is usually a proxy or a login page in front of the server. " +
               "Let the path pass there without a login, or send along what it wants.",
        403 => "this machine is not let in. Was its address banned after failed logins, or does a rule of a proxy keep it out?",
        404 => "there is nothing at this path. Is it the right path, or base path, and does a proxy in between pass it on?",
        405 or 426 => "the path is there, but no upgrade arrived. " +
                      "A proxy in between drops the headers of the upgrade (Upgrade, Connection).",
        407 => "the proxy of this machine wants credentials.",
        429 => "there were too many requests; later attempts may succeed.",
        502 or 503 or 504 => "a proxy answers, but the server behind it does not yet. " +
                             "It may be starting, or the proxy points to the wrong place.",
        >= 500 => "the server failed. Its own log tells why.",
        _ => "that is not how a WebSocket server answers. Are address and path right?",
    };

    private static string ExplainRedirect(Uri url, string? location)
    {
        const string Why = "Redirects are not followed, because the token is sent inside the connection and would go wherever they lead. ";
        if (location is null || !Uri.TryCreate(url, location, out var target))
            return $"it redirects elsewhere. {Why}Use the server's final address.";

        var address = $"{target.Scheme}://{target.Authority}{target.AbsolutePath}";
        if (address.Length > LongestLocation) address = address[..LongestLocation] + "…";
        return $"it redirects to {address}. {Why}If you trust that address, use it instead.";
    }
}

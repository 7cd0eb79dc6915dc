namespace HassSocket.Configuration;

/// <summary>Where the WebSocket of a Home Assistant is.</summary>
/// <param name="Url">The absolute <c>ws</c> or <c>wss</c> address.</param>
internal sealed record HassEndpoint(Uri Url)
{
    public const string Supervisor = "ws://supervisor/core/websocket";

    private static readonly string[] ReadyMade = ["/api/websocket", "/core/websocket", "/homeassistant/websocket"];
    private static readonly string[] SupervisorHosts = ["supervisor", "hassio", "172.30.32.2"];

    /// <summary>Whether this is the Supervisor's proxy, which does not take several commands in one frame.</summary>
    public bool IsSupervisorProxy =>
        SupervisorHosts.Contains(Url.Host, StringComparer.OrdinalIgnoreCase) || Url.AbsolutePath is "/core/websocket" or "/homeassistant/websocket";

    /// <summary>The endpoint that valid options name.</summary>
    /// <exception cref="InvalidOperationException">The options are not valid.</exception>
    public static HassEndpoint Of(HassSocketOptions options)
    {
        var problem = string.IsNullOrWhiteSpace(options.WebSocketUrl)
            ? FromBase(options.BaseUrl ?? "", out var endpoint)
            : FromWhole(options.WebSocketUrl, out endpoint);
        return endpoint ?? throw new InvalidOperationException(problem);
    }

    /// <summary>Makes the WebSocket address of a base address.</summary>
    /// <returns>What is wrong with it, or <see langword="null"/>.</returns>
    public static string? FromBase(string text, out HassEndpoint? endpoint)
    {
        var problem = AddressText.Parse(nameof(HassSocketOptions.BaseUrl), text, out var url);
        endpoint = url is null ? null : new HassEndpoint(WebSocket(url, PathOf(url)));
        return problem;
    }

    /// <summary>Takes a WebSocket address as it is.</summary>
    /// <returns>What is wrong with it, or <see langword="null"/>.</returns>
    public static string? FromWhole(string text, out HassEndpoint? endpoint)
    {
        endpoint = null;
        if (AddressText.Parse(nameof(HassSocketOptions.WebSocketUrl), text, out var url) is { } problem) return problem;
        if (url!.AbsolutePath == "/")
        {
            return "WebSocketUrl has no path, but is taken as it is; append /api/websocket, or set BaseUrl instead, to which the path is added.";
        }

        endpoint = new HassEndpoint(WebSocket(url, url.AbsolutePath));
        return null;
    }

    /// <summary>Whether a base address is itself the address of a WebSocket.</summary>
    public static bool IsReadyMade(string address) =>
        Array.Exists(ReadyMade, path => address.TrimEnd('/').EndsWith(path, StringComparison.Ordinal));

    private static string PathOf(Uri url)
    {
        var path = url.AbsolutePath.TrimEnd('/');
        if (IsReadyMade(path)) return path;
        if (path.EndsWith("/api", StringComparison.Ordinal)) return path + "/websocket";
        if (!SupervisorHosts.Contains(url.Host, StringComparer.OrdinalIgnoreCase)) return path + "/api/websocket";
        return path is "" or "/core" ? "/core/websocket" : path + "/api/websocket";
    }

    private static Uri WebSocket(Uri url, string path) => new UriBuilder(url)
    {
        Scheme = url.Scheme is "https" or "wss" ? "wss" : "ws",
        Port = url.IsDefaultPort ? -1 : url.Port,
        Path = path,
    }.Uri;
}

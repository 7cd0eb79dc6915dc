namespace HassSocket.Trpc.Dialect;

/// <summary>The rules for options that only tRPC has. Values of headers, cookies and params may be secrets, so no rule shows one.</summary>
internal static class TrpcClientOptionsRules
{
    public static IEnumerable<string> Check(TrpcClientOptions o)
    {
        if (o.Transformer is null)
            yield return "Transformer is null, but must be the one that the server uses; TrpcTransformer.Json where it uses none.";
        if (o.StartTimeout != Timeout.InfiniteTimeSpan && o.StartTimeout <= TimeSpan.Zero)
            yield return $"StartTimeout is {o.StartTimeout}, but must be longer than zero (or Timeout.InfiniteTimeSpan).";
        if (o.Headers is null || o.Cookies is null)
            yield return "Headers or Cookies is null, but must be a dictionary; an empty one is fine.";
        foreach (var problem in Check(o.Url, o.Headers ?? new Dictionary<string, string>(), o.Cookies ?? new Dictionary<string, string>(), o.ConnectionParams))
            yield return problem;
    }

    public static IEnumerable<string> Check(
        string? url, IDictionary<string, string> headers, IDictionary<string, string> cookies, IDictionary<string, string>? connectionParams)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("ws" or "wss" or "http" or "https") || address.Host.Length == 0)
            yield return "Url must be an absolute address with ws, wss, http or https, such as wss://board.example/websockets.";
        else if (address.Fragment.Length > 0 || address.UserInfo.Length > 0)
            yield return "Url has a fragment (#…) or user info (…@), which a WebSocket does not send; use Headers, Cookies or ConnectionParams for credentials.";
        foreach (var name in headers.Where(header => !IsToken(header.Key) || !IsFieldText(header.Value)).Select(header => header.Key))
            yield return $"Headers holds '{name}', whose name or value cannot stand in an HTTP header (no line breaks, no control characters; a value is required).";
        foreach (var name in cookies.Where(cookie => !IsToken(cookie.Key) || !IsFieldText(cookie.Value) || cookie.Value.Contains(';')).Select(cookie => cookie.Key))
            yield return $"Cookies holds '{name}', whose name or value cannot stand in a cookie (no semicolons, no line breaks, no control characters; a value is required).";
        if (connectionParams is null) yield break;
        foreach (var name in connectionParams.Where(param => param.Value is null).Select(param => param.Key))
            yield return $"ConnectionParams holds '{name}' without a value, but the server takes texts only; leave it out.";
    }

    private static bool IsToken(string? name) =>
        !string.IsNullOrEmpty(name) && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));

    private static bool IsFieldText(string? value) => value is not null && !value.Any(c => char.IsControl(c) && c != '\t');
}

namespace HassSocket.Testing.Trpc;

/// <summary>What a client dialled.</summary>
internal sealed record TrpcDial(Uri Url, IReadOnlyDictionary<string, string> Headers)
{
    private const string Flag = "connectionParams=1";

    /// <summary>Whether the first message tells the params; real servers take no other value than 1.</summary>
    public bool TellsParams => Url.Query.TrimStart('?').Split('&').Contains(Flag);

    public IReadOnlyDictionary<string, string> Cookies { get; } = CookiesOf(Headers);

    /// <summary>Headers by name in any case; several of one name are joined as HTTP does it, cookies with semicolons.</summary>
    public static TrpcDial Of(Uri url, IEnumerable<KeyValuePair<string, string>> headers) => new(
        url,
        headers.GroupBy(header => header.Key, StringComparer.OrdinalIgnoreCase).ToDictionary(
            group => group.Key,
            group => string.Join(IsCookie(group.Key) ? "; " : ", ", group.Select(header => header.Value)),
            StringComparer.OrdinalIgnoreCase));

    private static bool IsCookie(string name) => name.Equals("Cookie", StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, string> CookiesOf(IReadOnlyDictionary<string, string> headers)
    {
        var cookies = new Dictionary<string, string>();
        foreach (var cookie in headers.GetValueOrDefault("Cookie", "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (cookie.Split('=', 2) is [var name, var value]) cookies[name] = value;
        }

        return cookies;
    }
}

namespace HassSocket.Configuration;

/// <summary>The rules for options that only Home Assistant has.</summary>
internal static class HassSocketOptionsRules
{
    public static IEnumerable<string> Check(HassSocketOptions o)
    {
        foreach (var problem in CheckAddress(o)) yield return problem;
        if (CheckCredentials(o) is { } credentials) yield return credentials;
        if (o.StartTimeout != Timeout.InfiniteTimeSpan && (o.StartTimeout <= TimeSpan.Zero || o.StartTimeout > TimeSpan.FromDays(49)))
            yield return $"StartTimeout is {o.StartTimeout}, but must be longer than zero and at most 49 days (or Timeout.InfiniteTimeSpan).";
    }

    private static IEnumerable<string> CheckAddress(HassSocketOptions o)
    {
        var hasBase = !string.IsNullOrWhiteSpace(o.BaseUrl);
        var hasWhole = !string.IsNullOrWhiteSpace(o.WebSocketUrl);
        if (!hasBase && !hasWhole)
            yield return "BaseUrl is not set; write the address of Home Assistant, such as http://homeassistant.local:8123.";

        HassEndpoint? fromBase = null, whole = null;
        if (hasBase && HassEndpoint.FromBase(o.BaseUrl!, out fromBase) is { } baseProblem) yield return baseProblem;
        if (hasWhole && HassEndpoint.FromWhole(o.WebSocketUrl!, out whole) is { } wholeProblem) yield return wholeProblem;
        if (fromBase is not null && whole is not null && fromBase != whole && HassEndpoint.IsReadyMade(o.BaseUrl!.Trim()))
            yield return "BaseUrl and WebSocketUrl name two different WebSockets; remove the path from BaseUrl, or leave WebSocketUrl out.";
    }

    private static string? CheckCredentials(HassSocketOptions o)
    {
        if (o.TokenProvider is null)
        {
            return o.Token is null
                ? "Token is not set; set it to a long-lived access token, made on the Security tab of your Home Assistant profile, or give a TokenProvider."
                : TokenText.Check(o.Token);
        }

        return string.IsNullOrWhiteSpace(o.Token) ? null : "Token and TokenProvider are both set, so it is not clear which one counts; set one of them.";
    }
}

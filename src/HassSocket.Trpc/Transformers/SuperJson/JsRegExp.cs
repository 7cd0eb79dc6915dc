namespace HassSocket.Trpc;

/// <summary>A regular expression of JavaScript. Its language is not .NET's, so it is not compiled.</summary>
/// <param name="Body">What stands between the slashes.</param>
/// <param name="Flags">What stands behind them, such as <c>gi</c>.</param>
public sealed record JsRegExp(string Body, string Flags)
{
    /// <summary>As it is written in JavaScript.</summary>
    public override string ToString() => $"/{Body}/{Flags}";

    internal static JsRegExp Parse(string text)
    {
        var end = text.LastIndexOf('/');
        return text.Length > 1 && text[0] == '/' && end > 0 ? new JsRegExp(text[1..end], text[(end + 1)..]) : throw new FormatException("A regular expression stands between slashes.");
    }
}

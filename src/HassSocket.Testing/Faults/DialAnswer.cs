using System.Globalization;
using System.Net;

namespace HassSocket.Testing;

/// <summary>What a <see cref="FaultProxy"/> does with a client that dials.</summary>
public sealed record DialAnswer
{
    private DialAnswer(string name) => Name = name;

    /// <summary>Lets it through to the server.</summary>
    public static DialAnswer Pass { get; } = new("pass");

    /// <summary>Hears the request and ends the connection without a word (FIN), as a proxy whose server is gone.</summary>
    public static DialAnswer HangUp { get; } = new("hang up");

    /// <summary>Hears the request and resets the connection (RST).</summary>
    public static DialAnswer Reset { get; } = new("reset");

    /// <summary>Takes the connection and never says anything.</summary>
    public static DialAnswer Silence { get; } = new("silence");

    /// <summary>Answers the request with what is no HTTP at all.</summary>
    public static DialAnswer Gibberish { get; } = new("gibberish") { Text = "220 mail.example ESMTP\r\n" };

    internal string Name { get; }

    internal string? Text { get; init; }

    /// <summary>Answers the upgrade with an HTTP status instead.</summary>
    /// <param name="status">The status, such as 403 or 502.</param>
    /// <param name="location">Where a redirect leads; none by default.</param>
    public static DialAnswer Status(HttpStatusCode status, Uri? location = null)
    {
        var code = ((int)status).ToString(CultureInfo.InvariantCulture);
        var where = location is null ? "" : $"Location: {location}\r\n";
        return new DialAnswer($"HTTP {code}") { Text = $"HTTP/1.1 {code} {status}\r\n{where}Content-Length: 0\r\nConnection: close\r\n\r\n" };
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

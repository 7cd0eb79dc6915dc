using System.Text.Json;
using System.Text.RegularExpressions;

namespace HassSocket.Tests.Replay;

/// <summary>What a line of a recording is about.</summary>
internal enum LineKind
{
    /// <summary>A message of the client.</summary>
    Asked,

    /// <summary>A message of the server.</summary>
    Said,

    /// <summary>Somebody ended the socket.</summary>
    Closed,

    /// <summary>An HTTP exchange beside the socket.</summary>
    Http,

    /// <summary>Something about the line or outside of it: opened, refused, a ping frame, a note.</summary>
    Note,

    /// <summary>A line that nobody has thought of yet.</summary>
    Unknown,
}

/// <summary>One line of a recording.</summary>
internal sealed partial record Line
{
    /// <summary>Its number in the file, from 1; the first is the meta line.</summary>
    public required int Number { get; init; }

    /// <summary>When it was written, from the start of the recording.</summary>
    public TimeSpan At { get; init; }

    /// <summary>The connection; 0 for none.</summary>
    public int Connection { get; init; }

    public LineKind Kind { get; init; }

    /// <summary>The exact text of the message; <see langword="null"/> where the message was binary, or where the line is no message.</summary>
    public string? Text { get; init; }

    /// <summary>Whether the recorder kept only the beginning of the text.</summary>
    public bool IsCut { get; init; }

    /// <summary>Whether the server ended the socket, or nobody said goodbye.</summary>
    public bool IsByServer { get; init; }

    /// <summary>The code of a close frame; <see langword="null"/> where the line broke without one.</summary>
    public int? CloseCode { get; init; }

    // Where the true length was not noted beside the text, it stands at its end.
    [GeneratedRegex(@"\.\.\.\(\d+ chars\)$")]
    private static partial Regex CutMark { get; }

    public override string ToString() => $"line {Number} ({(Text is { Length: > 160 } ? Text[..160] + "…" : Text ?? Kind.ToString())})";

    public static Line Read(int number, JsonElement json)
    {
        var direction = TextOf(json, "dir");
        var what = TextOf(json, "event") ?? "";
        return new Line
        {
            Number = number,
            At = TimeSpan.FromMilliseconds(NumberOf(json, "t") ?? 0),
            Connection = (int)(NumberOf(json, "c") ?? 0),
            Kind = KindOf(direction, what),
            Text = TextOf(json, "raw"),
            IsCut = json.TryGetProperty("truncated", out _) || CutMark.IsMatch(TextOf(json, "raw") ?? ""),
            IsByServer = IsServersClose(json, what),
            CloseCode = CodeOf(json, what),
        };
    }

    private static LineKind KindOf(string? direction, string what) => direction switch
    {
        ">" => LineKind.Asked,
        "<" => LineKind.Said,
        "h" => LineKind.Http,
        "#" => LineKind.Note,
        "!" => what switch
        {
            "close sent" or "closed" or "close" or "tcp_closed" or "tcp_reset_by_proxy" => LineKind.Closed,
            "http_request" or "http_response" => LineKind.Http,
            "open" or "refused" or "ping frame" or "pong frame" or "ping" or "pong" or "note" or "do" or "done" or "client_exit"
                or "half_open_begins" or "accepted_into_hole" => LineKind.Note,
            _ => LineKind.Unknown,
        },
        _ => LineKind.Unknown,
    };

    // "from" names the side whose bytes were seen: a proxy sees both, a client writes "by".
    private static bool IsServersClose(JsonElement json, string what) => what switch
    {
        "closed" => TextOf(json, "by") is not "closing",
        "close" or "tcp_closed" => TextOf(json, "from") == "<",
        "tcp_reset_by_proxy" => true,
        _ => false,
    };

    private static int? CodeOf(JsonElement json, string what)
    {
        if (what is not ("closed" or "close") || TextOf(json, "by") == "closed") return null;
        return (int?)NumberOf(json, "code");
    }

    private static double? NumberOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

using System.Text;
using System.Text.Json;

namespace HassSocket.Trpc.Tests.Replay;

/// <summary>One line of a recording: a message, or something that happened beside it.</summary>
internal sealed record Line(int Number, int Connection, string Direction, string Text, JsonElement Json)
{
    /// <summary>Whether the client said it.</summary>
    public bool IsAsked => Direction == ">";

    /// <summary>Whether the server said it, and the client heard it.</summary>
    public bool IsSaid => Direction == "<" && !Json.TryGetProperty("dropped", out _);

    public bool IsBinary => Json.TryGetProperty("binary", out _);

    /// <summary>Whether the socket ends here, whoever ended it.</summary>
    public bool IsEnd => Direction == "!" && Text is "close" or "line cut";

    /// <summary>Who ended it, in a recording through a proxy.</summary>
    public string? By => Json.TryGetProperty("by", out var by) ? by.GetString() : null;

    public int CloseCode => Json.TryGetProperty("code", out var code) ? code.GetInt32() : 1006;

    public string? Url => Json.TryGetProperty("url", out var url) ? url.GetString() : null;

    public string? Cookie => Json.TryGetProperty("headers", out var headers) && headers.TryGetProperty("cookie", out var cookie) ? cookie.GetString() : null;

    public static Line Read(int number, JsonElement json)
    {
        var text = json.GetProperty("raw").GetString()!;
        if (json.TryGetProperty("cut", out _)) text = Complete(text, json.GetProperty("length").GetInt32());
        return new Line(number, json.GetProperty("c").GetInt32(), json.GetProperty("dir").GetString()!, text, json);
    }

    public override string ToString() => $"line {Number} ({(Text.Length > 200 ? Text[..200] + "…" : Text)})";

    // The recorder kept the beginning of a long text of one letter: the rest is more of it, and what closes the message.
    private static string Complete(string beginning, int length)
    {
        var open = new Stack<char>();
        var isText = false;
        foreach (var letter in beginning)
        {
            if (letter == '"') isText = !isText;
            else if (!isText && letter is '{' or '[') open.Push(letter == '{' ? '}' : ']');
            else if (!isText && letter is '}' or ']') open.Pop();
        }

        var end = "\"" + string.Concat(open);
        return new StringBuilder(beginning).Append(beginning[^1], length - beginning.Length - end.Length).Append(end).ToString();
    }
}

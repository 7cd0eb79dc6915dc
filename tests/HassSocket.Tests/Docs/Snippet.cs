using System.Text.RegularExpressions;

namespace HassSocket.Tests.Docs;

/// <summary>A piece of compiled code that a page shows.</summary>
internal sealed record Snippet(string Name, string Code)
{
    private static readonly Regex Marked = new(@"^[ \t]*// <snippet:(?<name>[\w-]+)>[ \t]*\n(?<code>.*?)^[ \t]*// </snippet:\k<name>>[ \t]*$",
        RegexOptions.Singleline | RegexOptions.Multiline);

    /// <summary>The snippets of one source file.</summary>
    public static IEnumerable<Snippet> In(string source) =>
        Marked.Matches(source.ReplaceLineEndings("\n")).Select(match => new Snippet(match.Groups["name"].Value, Normalise(match.Groups["code"].Value)));

    /// <summary>Takes away the indentation that all lines share, and space at the ends.</summary>
    public static string Normalise(string code)
    {
        var lines = code.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).ToArray();
        var shared = lines.Where(line => line.Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty().Min();
        return string.Join('\n', lines.Select(line => line.Length == 0 ? line : line[shared..])).Trim('\n');
    }
}

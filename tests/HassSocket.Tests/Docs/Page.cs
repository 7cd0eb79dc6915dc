using System.Globalization;
using System.Text.RegularExpressions;

namespace HassSocket.Tests.Docs;

/// <summary>Reads the pages in docs, and what their tables say.</summary>
internal static class Page
{
    /// <summary>The text of a page in docs.</summary>
    public static string Read(string name) => File.ReadAllText(Path.Combine(Repository.Root, "docs", name)).ReplaceLineEndings("\n");

    /// <summary>The rows of all tables of a text as cells, without the backticks around a whole cell.</summary>
    public static IEnumerable<string[]> Rows(string text) => text.Split('\n')
        .Where(line => line.StartsWith('|') && !line.StartsWith("|--", StringComparison.Ordinal))
        .Select(line => Regex.Split(line.Trim().Trim('|'), @"(?<!\\)\|").Select(cell => Regex.Replace(cell.Trim(), "^`([^`]+)`$", "$1")).ToArray());

    /// <summary>The part of a text below a heading, up to the next one of the same depth or a lesser one.</summary>
    public static string Section(string text, string heading)
    {
        var depth = heading.TakeWhile(c => c == '#').Count();
        var after = text.Split('\n').SkipWhile(line => line != heading).Skip(1)
            .TakeWhile(line => !Regex.IsMatch(line, $"^#{{1,{depth}}} "));
        return string.Join('\n', after);
    }

    /// <summary>How a page writes the default of an option; empty where it has no value to write.</summary>
    public static string Default(object? value) => value switch
    {
        bool b => b ? "true" : "false",
        TimeSpan t => t.ToString("c", CultureInfo.InvariantCulture),
        IConvertible c => c.ToString(CultureInfo.InvariantCulture),
        _ => "",
    };
}

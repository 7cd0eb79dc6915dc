using System.Text.RegularExpressions;
using Xunit;

namespace HassSocket.Tests.Docs;

public sealed class ReadmeTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).ReplaceLineEndings("\n");

    [Fact]
    public void The_example_is_a_whole_program_of_ten_lines_with_one_using_of_ours()
    {
        var code = Snippet.Normalise(Regex.Match(Text, "```csharp\n(?<code>.*?)```", RegexOptions.Singleline).Groups["code"].Value);
        var program = File.ReadAllText(Path.Combine(Repository.Root, "examples/00-ReadMe/Program.cs")).ReplaceLineEndings("\n");
        var lines = code.Split('\n');

        // The program is built with the solution, and holds nothing but comments beside the example.
        Assert.Equal(code, Snippet.In(program).Single().Code);
        Assert.Equal(code, Snippet.Normalise(string.Join('\n', program.Split('\n').Where(line => !line.StartsWith("//", StringComparison.Ordinal)))));
        Assert.Single(lines, line => line.StartsWith("using HassSocket", StringComparison.Ordinal));
        Assert.InRange(lines.Count(line => line.Length > 0), 1, 10);
    }

    [Fact]
    public void The_two_commands_stand_at_the_beginning_of_a_line()
    {
        Assert.Single(Regex.Matches(Text, "^dotnet run --project examples/01-QuickStart$", RegexOptions.Multiline));
        Assert.Single(Regex.Matches(Text, "^dotnet test HassSocket.sln$", RegexOptions.Multiline));
    }

    [Fact]
    public void Options_in_the_table_of_troubles_exist()
    {
        var named = Page.Rows(Page.Section(Text, "## What it does when things go wrong")).Skip(1)
            .SelectMany(row => Regex.Matches(row[3], @"\w+").Select(match => match.Value)).ToArray();
        var known = typeof(HassSocketOptions).GetProperties().Concat(typeof(IHassSocket).GetProperties()).Select(p => p.Name).Append(nameof(StreamOptions));

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(known));
    }
}

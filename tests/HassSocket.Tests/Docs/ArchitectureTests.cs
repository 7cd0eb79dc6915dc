using System.Reflection;
using System.Text.RegularExpressions;
using HassSocket.Tests.Architecture;
using Xunit;

namespace HassSocket.Tests.Docs;

public sealed class ArchitectureTests
{
    private const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    // The namespace, and names of the platform, of Polly, and of the two dialects that only tests have.
    private static readonly string[] Elsewhere = ["HassSocket", "TimeProvider", "ClientWebSocket", "MaxDelay", "EchoDialect", "RelayDialect"];

    private static readonly HashSet<string> Tests = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
        .SelectMany(file => Regex.Matches(File.ReadAllText(file), @"public (async Task|void) (?<name>\w+)\(")).Select(match => match.Groups["name"].Value)];

    [Fact]
    public void Every_name_on_the_page_is_a_name_in_the_code()
    {
        var text = Regex.Replace(Page.Read("architecture.md"), "```.*?```", "", RegexOptions.Singleline);
        var known = Shipped.Names.SelectMany(name => Shipped.Named(name.Data).GetTypes()).SelectMany(Names).Concat(Elsewhere).Concat(Tests).ToHashSet();

        var strangers = Regex.Matches(text, "`(?<name>[A-Z]\\w+)(<T>)?`").Select(match => match.Groups["name"].Value).Where(name => !known.Contains(name));

        Assert.Empty(strangers.Distinct());
    }

    [Fact]
    public void Every_known_race_has_a_test()
    {
        var races = Page.Rows(Page.Section(Page.Read("architecture.md"), "## Known races")).Skip(1).ToList();

        Assert.True(races.Count > 10);
        Assert.All(races, race => Assert.Contains(race[^1], Tests));
    }

    [Fact]
    public void Folders_of_the_page_exist()
    {
        var tree = Page.Section(Page.Read("architecture.md"), "## The tree");
        var folder = "";
        foreach (var line in tree.Split('\n').Where(line => line.Contains('/')))
        {
            if (line.StartsWith("src/", StringComparison.Ordinal)) folder = line.Trim();
            else foreach (Match name in Regex.Matches(line, @"(?<=^  |  )[A-Z]\w+(?=/)"))
                Assert.True(Directory.Exists(Path.Combine(Repository.Root, folder, name.Value)), $"{folder}{name.Value}");
        }
    }

    private static IEnumerable<string> Names(Type type) =>
        type.GetMembers(All).Select(member => member.Name).Append(type.Name.Split('`')[0]);
}

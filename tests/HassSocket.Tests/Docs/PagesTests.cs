using System.Text.RegularExpressions;
using Xunit;

namespace HassSocket.Tests.Docs;

public sealed class PagesTests
{
    private static readonly Regex Fence = new(@"^```csharp[^\n]*\n(?<code>.*?)^```[ \t]*$", RegexOptions.Singleline | RegexOptions.Multiline);
    private static readonly Regex Link = new(@"\]\((?<target>[^)#:\s]+)(#[^)]*)?\)");

    private static readonly Regex Anchor = new(@"\]\((?<page>[\w./-]*)#(?<heading>[^)]*)\)");

    public static TheoryData<string> Pages => [.. Repository.Pages.Select(page => Path.GetRelativePath(Repository.Root, page))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Code_on_a_page_is_code_that_compiles(string page)
    {
        var snippets = Repository.Sources.SelectMany(file => Snippet.In(File.ReadAllText(file))).Select(snippet => snippet.Code).ToHashSet();

        var strangers = Fence.Matches(Read(page)).Select(match => Snippet.Normalise(match.Groups["code"].Value)).Where(code => !snippets.Contains(code));

        Assert.True(!strangers.Any(), $"{page} shows code that equals no snippet of tests or examples:\n\n{string.Join("\n\n", strangers)}");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_of_a_page_lead_to_files(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;

        var dead = Link.Matches(Read(page)).Select(match => match.Groups["target"].Value).Where(target => !Path.Exists(Path.Combine(folder, target)));

        Assert.Empty(dead);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Anchors_of_a_page_lead_to_headings(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;

        var dead = Anchor.Matches(Read(page)).Select(match => (Page: match.Groups["page"].Value, Heading: match.Groups["heading"].Value))
            .Where(link => !Headings(link.Page.Length == 0 ? page : Path.Combine(folder, link.Page)).Contains(link.Heading));

        Assert.Empty(dead);
    }

    [Fact]
    public void Names_of_snippets_are_unique()
    {
        var names = Repository.Sources.SelectMany(file => Snippet.In(File.ReadAllText(file))).Select(snippet => snippet.Name).ToArray();

        Assert.Equal(names.Distinct(), names);
    }

    // As GitHub makes them: lower case, hyphens for spaces, no other punctuation.
    private static IEnumerable<string> Headings(string page) => Regex.Matches(Read(page), "^#+ (?<text>.*)$", RegexOptions.Multiline)
        .Select(match => Regex.Replace(match.Groups["text"].Value.ToLowerInvariant(), @"[^\w\- ]", "").Replace(' ', '-'));

    private static string Read(string page) => File.ReadAllText(Path.Combine(Repository.Root, page)).ReplaceLineEndings("\n");
}

using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace HassSocket.Tests.Docs;

public sealed class ConnectionTests
{
    private static readonly string Text = Page.Read("connection.md");

    [Fact]
    public void Every_reason_and_every_state_is_explained()
    {
        Assert.Equal(Enum.GetNames<EndReason>(), Page.Rows(Page.Section(Text, "## Why a connection ends")).Skip(1).Select(row => row[0]));
        Assert.Equal(Enum.GetNames<ConnectionState>(), Page.Rows(Page.Section(Text, "## States")).Skip(1).Select(row => row[0]));
    }

    [Theory]
    [InlineData("connection.md")]
    [InlineData("architecture.md")]
    public void Diagram_has_exactly_the_legal_arrows(string page)
    {
        var states = Enum.GetValues<ConnectionState>();
        var legal = from before in states from after in states where before != after && IsLegal(before, after) select $"{before} --> {after}";

        Assert.Equal(legal.Order(StringComparer.Ordinal), Arrows(Page.Read(page)).Order(StringComparer.Ordinal));
    }

    /// <summary>The arrows of a page's state diagram; one from the box of all started states is one from each of them.</summary>
    private static IEnumerable<string> Arrows(string text)
    {
        var diagram = Regex.Match(text, "stateDiagram-v2\n(?<lines>.*?)```", RegexOptions.Singleline).Groups["lines"].Value;
        var box = Regex.Match(diagram, @"state Started \{(?<lines>.*?)\}", RegexOptions.Singleline).Groups["lines"].Value;
        var started = Regex.Matches(box, @"\w+(?= -->)|(?<=--> )\w+").Select(match => match.Value).Distinct().ToArray();
        return from arrow in Regex.Matches(diagram, @"(?<from>\w+) --> (?<to>\w+)")
               from before in arrow.Groups["from"].Value == "Started" ? started : [arrow.Groups["from"].Value]
               select $"{before} --> {arrow.Groups["to"].Value}";
    }

    private static bool IsLegal(ConnectionState before, ConnectionState after)
    {
        var transitions = typeof(Connection).Assembly.GetType("HassSocket.Connections.ConnectionTransitions", throwOnError: true)!;
        return (bool)transitions.GetMethod("IsLegal", BindingFlags.Static | BindingFlags.Public)!.Invoke(null, [before, after])!;
    }
}

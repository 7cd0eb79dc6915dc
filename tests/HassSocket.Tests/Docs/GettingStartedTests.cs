using System.Text.RegularExpressions;
using HassSocket.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace HassSocket.Tests.Docs;

public sealed class GettingStartedTests
{
    private static readonly string Text = Page.Read("getting-started.md");

    [Fact]
    public void Table_of_defaults_names_every_option_and_its_default()
    {
        var options = new HassSocketOptions();
        var expected = typeof(HassSocketOptions).GetProperties().ToDictionary(p => p.Name, p => Page.Default(p.GetValue(options)));

        var rows = Regex.Matches(Text, @"^\| `(?<name>\w+)` \| (?:`(?<value>[^`]+)`|[^|]+) \| ", RegexOptions.Multiline)
            .ToDictionary(row => row.Groups["name"].Value, row => row.Groups["value"].Value);

        Assert.Equal(expected.OrderBy(e => e.Key), rows.OrderBy(e => e.Key));
    }

    [Fact]
    public void Configuration_on_the_page_needs_only_a_token()
    {
        var json = Regex.Match(Text, "```json\n(?<json>.*?)```", RegexOptions.Singleline).Groups["json"].Value;
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json));
        var options = new HassSocketOptions { Token = "t0ken" };

        new SectionBinder("", new ConfigurationBuilder().AddJsonStream(stream).Build().GetSection("HassSocket"), NullLogger<SectionBinder>.Instance)
            .Configure(options);

        Assert.Empty(options.Validate());
    }

    [Fact]
    public void Addresses_on_the_page_are_read_as_it_says()
    {
        var rows = Regex.Matches(Text, @"^\| `(?<text>\S+)` \| (?:`(?<url>wss?://\S+)`|(?<same>the same)|refused.*) \|$", RegexOptions.Multiline);
        Assert.Equal(7, rows.Count);

        foreach (var row in rows.Select(match => match.Groups))
        {
            HassEndpoint.FromBase(row["text"].Value, out var endpoint);
            Assert.Equal(row["same"].Success ? row["text"].Value : row["url"].Value, endpoint?.Url.AbsoluteUri ?? "");
        }
    }
}

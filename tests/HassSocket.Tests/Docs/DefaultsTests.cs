using HassSocket.Testing;
using Xunit;

namespace HassSocket.Tests.Docs;

public sealed class DefaultsTests
{
    public static TheoryData<string, object> Pages => new()
    {
        { "connection.md", new HassSocketOptions() },
        { "commands.md", new HassSocketOptions() },
        { "load-safety.md", new HassSocketOptions() },
        { "pausing.md", new HassSocketOptions() },
        { "events.md", new StreamOptions() },
        { "entities.md", new HassSocketOptions() },
        { "trpc.md", new HassSocket.Trpc.TrpcClientOptions() },
        { "testing.md", new HomeAssistantSimulatorOptions() },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public void Defaults_on_a_page_are_those_of_the_code(string page, object options)
    {
        var rows = Page.Rows(Page.Section(Page.Read(page), "## Defaults")).Skip(1).ToArray();

        Assert.NotEmpty(rows);
        foreach (var row in rows)
        {
            var expected = Page.Default(options.GetType().GetProperty(row[0])!.GetValue(options));
            Assert.Equal((row[0], expected), (row[0], expected.Length == 0 ? "" : row[1]));
        }
    }
}

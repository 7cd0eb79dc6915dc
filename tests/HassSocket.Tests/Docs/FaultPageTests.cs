using HassSocket.Tests.Faults;
using Xunit;

namespace HassSocket.Tests.Docs;

/// <summary>The page of what happens when things go wrong is made of the faults that the tests have proved.</summary>
public sealed class FaultPageTests
{
    private const string Name = "when-things-go-wrong.md";

    public static TheoryData<string> Tables => ["dial", "session", "survived"];

    [Theory]
    [MemberData(nameof(Tables))]
    public void Table_has_exactly_the_faults_that_are_proved(string table)
    {
        var expected = Rows(table);
        var text = Page.Read(Name);
        var begin = $"<!-- {table} -->\n";
        var start = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var actual = text[start..text.IndexOf("<!-- end -->", start, StringComparison.Ordinal)];
        if (actual == expected) return;

        File.WriteAllText(Path.Combine(Repository.Root, "docs", $"{Name}.received"), text[..start] + expected + text[(start + actual.Length)..]);
        Assert.Fail($"docs/{Name} is not up to date: rename {Name}.received to {Name}, and read it.");
    }

    private static string Rows(string table) => table switch
    {
        "dial" => Table("| fault | reason | the sentence | noticed | next attempt |\n|---|---|---|---|---|", DialFaults.All.Select(fault => fault.Row)),
        "session" => Table("| fault | reason | the sentence | noticed |\n|---|---|---|---|", SessionFaults.All.Select(fault => fault.Row)),
        _ => Table("| fault | what you see |\n|---|---|", SurvivedFaults.All.Select(fault => fault.Row)),
    };

    private static string Table(string head, IEnumerable<string> rows) => string.Concat(rows.Prepend(head).Select(row => row + "\n"));
}

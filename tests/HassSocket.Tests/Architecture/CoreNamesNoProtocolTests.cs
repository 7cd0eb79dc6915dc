using System.Text.RegularExpressions;
using Xunit;

namespace HassSocket.Tests.Architecture;

public sealed partial class CoreNamesNoProtocolTests
{
    [Fact]
    public void Not_one_file_of_the_core_mentions_a_protocol()
    {
        var folder = Path.Combine(Repository.Root, "src/HassSocket.Core");
        var guilty = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder, file).StartsWith("obj", StringComparison.Ordinal))
            .Where(file => !Path.GetRelativePath(folder, file).StartsWith("bin", StringComparison.Ordinal))
            .Where(file => Protocols().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(folder, file));

        Assert.Empty(guilty);
    }

    [Fact]
    public void The_core_reads_no_json()
    {
        Assert.DoesNotContain(Shipped.Core.GetReferencedAssemblies(), assembly => assembly.Name == "System.Text.Json");
    }

    [GeneratedRegex("home.?assistant|trpc|homarr", RegexOptions.IgnoreCase)]
    private static partial Regex Protocols();
}

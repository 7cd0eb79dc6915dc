using System.Reflection;
using Xunit;

namespace HassSocket.Tests.Architecture;

/// <summary>Everything shipped may be trimmed and compiled ahead of time; what reads by reflection says so to the compiler.</summary>
public sealed class TrimmingTests
{
    [Theory]
    [MemberData(nameof(Shipped.Names), MemberType = typeof(Shipped))]
    public void A_shipped_library_is_marked_as_fit_for_trimming(string name)
    {
        var marks = Shipped.Named(name).GetCustomAttributes<AssemblyMetadataAttribute>().Where(mark => mark.Value == "True").Select(mark => mark.Key);

        Assert.Contains("IsTrimmable", marks);
    }

    [Fact]
    public void No_warning_of_the_analyzers_for_trimming_is_turned_off()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".csproj" or ".props" && !file.Contains("/obj/", StringComparison.Ordinal));

        Assert.All(sources, file => Assert.DoesNotMatch("UnconditionalSuppressMessage|SuppressTrimAnalysisWarnings|IL[23][0-9]{3}", File.ReadAllText(file)));
    }
}

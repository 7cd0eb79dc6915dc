namespace HassSocket.Tests.Shared;

/// <summary>Finds the sources that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The pages for people: the README and everything in docs.</summary>
    public static IEnumerable<string> Pages =>
        Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories).Prepend(Path.Combine(Root, "README.md"));

    /// <summary>Source files that may hold snippets: those of tests and examples.</summary>
    public static IEnumerable<string> Sources =>
        new[] { "tests", "examples" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj"]).Any());

    private static string Find(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "HassSocket.sln"))) return at.FullName;
        }

        throw new InvalidOperationException("HassSocket.sln is in none of the folders above the tests.");
    }
}

using Xunit;

namespace HassSocket.Tests.Shared.Peers;

/// <summary>Finds Node and the packages of <c>tests/peers</c>, or skips the test with what is missing.</summary>
internal static class PeersFolder
{
    /// <summary>The folder with the scripts and their packages; <c>HASS_PEERS</c> names another one, with other versions.</summary>
    private static string Folder { get; } = Environment.GetEnvironmentVariable("HASS_PEERS") is { Length: > 0 } named
        ? named
        : Path.Combine(Repository.Root, "tests", "peers");

    /// <summary>The paths of Node and of a script. The test is skipped where either Node or the packages are not installed.</summary>
    public static (string Node, string Script) Require(string script)
    {
        var node = FindNode();
        if (node is null) Assert.Skip("Node is not on the PATH. Install Node 20 or newer to run the tests with real clients and servers.");
        RequirePackages();
        return (node, Path.Combine(Folder, script));
    }

    /// <summary>Skips the test where the packages of a folder are not installed: npm runs no scripts where it was told so, and they bring some.</summary>
    public static void RequirePackages(string folder = "")
    {
        if (Directory.Exists(Path.Combine(Folder, folder, "node_modules"))) return;
        Assert.Skip($"The peers' packages are not installed. Run: npm ci --prefix {Path.Join("tests/peers", folder)}");
    }

    private static string? FindNode()
    {
        var name = OperatingSystem.IsWindows() ? "node.exe" : "node";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }
}

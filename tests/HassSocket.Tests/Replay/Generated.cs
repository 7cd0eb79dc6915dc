using Xunit;

namespace HassSocket.Tests.Replay;

/// <summary>Pages that tests write: they are compared with the committed ones.</summary>
internal static class Generated
{
    public static void Check(string page, string text)
    {
        var path = Path.Combine(Repository.Root, page);
        var committed = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (committed == text) return;
        File.WriteAllText(path + ".received", text);
        Assert.Fail($"{page} is not what the recordings say any more; look at {page}.received, and move it over the page if it is right.");
    }
}

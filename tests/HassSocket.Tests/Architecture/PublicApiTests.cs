using Xunit;

namespace HassSocket.Tests.Architecture;

public sealed class PublicApiTests
{
    public static TheoryData<string> Assemblies => Shipped.Names;

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void The_public_face_is_the_approved_one(string assembly)
    {
        var file = Path.Combine(Repository.Root, $"tests/HassSocket.Tests/Architecture/{assembly}.PublicApi.txt");
        var actual = ApiText.Of(Shipped.Named(assembly));
        var approved = File.Exists(file) ? File.ReadAllText(file) : "";
        if (actual == approved) return;

        File.WriteAllText(file + ".received", actual);
        var added = actual.Split('\n').Except(approved.Split('\n')).Select(line => "+ " + line);
        var removed = approved.Split('\n').Except(actual.Split('\n')).Select(line => "- " + line);
        Assert.Fail(
            $"The public face of {assembly} has changed. If that is meant, rename {assembly}.PublicApi.txt.received to {assembly}.PublicApi.txt " +
            $"and say why in the commit.\n{string.Join('\n', removed.Concat(added))}");
    }
}

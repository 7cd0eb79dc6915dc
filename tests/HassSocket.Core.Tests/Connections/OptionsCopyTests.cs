using HassSocket.Core.Tests.Support;
using Xunit;

namespace HassSocket.Core.Tests.Connections;

public sealed class OptionsCopyTests
{
    [Fact]
    public async Task Options_that_change_later_have_no_effect_their_tls_part_included()
    {
        var options = new TestOptions();
        await using var connection = new Connection(new EchoDialect(), options);
        var copy = options.Copy();

        options.RetryInterval = TimeSpan.Zero;
        options.Tls.DangerouslyAcceptAnyCertificate = true;
        options.Tls.PinnedPublicKeys.Add("later");

        Assert.Equal(TimeSpan.FromSeconds(1), copy.RetryInterval);
        Assert.False(copy.Tls.DangerouslyAcceptAnyCertificate);
        Assert.Empty(copy.Tls.PinnedPublicKeys);
    }

    [Fact]
    public void A_pin_that_is_no_hash_is_refused_with_its_shape()
    {
        var options = new TestOptions();
        options.Tls.PinnedPublicKeys.Add("AA:BB:CC");

        var problem = Assert.Single(options.Validate());

        Assert.Contains("AA:BB:CC", problem, StringComparison.Ordinal);
        Assert.Contains("SHA-256", problem, StringComparison.Ordinal);
    }
}

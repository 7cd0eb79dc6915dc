using HassSocket.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace HassSocket.Tests.Configuration;

public sealed class ConfiguredTokenTests
{
    [Fact]
    public async Task Reloaded_token_is_followed_and_signalled()
    {
        await using var house = new ReloadableHouse();
        var changed = house.Tokens.GetChangeToken()!;

        house.Reload("Token", " new\n");

        Assert.True(changed.HasChanged);
        Assert.False(house.Tokens.GetChangeToken()!.HasChanged);
        Assert.Equal("new", await house.TokenAsync());
    }

    [Fact]
    public async Task Reload_that_leaves_the_token_alone_signals_nothing()
    {
        await using var house = new ReloadableHouse();
        var changed = house.Tokens.GetChangeToken()!;

        house.Reload("Token", "old  ");

        Assert.False(changed.HasChanged);
        Assert.Equal("old", await house.TokenAsync());
    }

    [Fact]
    public async Task Other_options_are_a_snapshot()
    {
        await using var house = new ReloadableHouse();

        house.Reload("BaseUrl", "http://other.local");

        Assert.Equal("http://ha.local", house.Options.BaseUrl);
    }

    [Theory]
    [InlineData("PingInterval", "5")]
    [InlineData("BaseUrl", "ftp://ha.local")]
    [InlineData("Token", "")]
    public async Task Reload_that_is_not_valid_keeps_the_token_and_is_warned_of(string key, string text)
    {
        await using var house = new ReloadableHouse();

        Assert.ThrowsAny<Exception>(() => house.Reload(key, text));

        Assert.Equal("old", await house.TokenAsync());
        Assert.Contains(house.App.Logs.From(LogLevel.Warning), entry => entry.Id == 703);
    }

    [Fact]
    public async Task Valid_reload_after_one_that_was_not_is_followed()
    {
        await using var house = new ReloadableHouse();
        Assert.ThrowsAny<Exception>(() => house.Reload("PingInterval", "5"));
        var changed = house.Tokens.GetChangeToken()!;
        Assert.ThrowsAny<Exception>(() => house.Reload("Token", "new"));
        Assert.False(changed.HasChanged);

        house.Reload("PingInterval", "00:00:05");

        Assert.True(changed.HasChanged);
        Assert.Equal("new", await house.TokenAsync());
    }

    private sealed class ReloadableHouse : IAsyncDisposable
    {
        private readonly IConfigurationRoot _configuration = new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["HassSocket:BaseUrl"] = "http://ha.local", ["HassSocket:Token"] = "old" }).Build();

        public ReloadableHouse()
        {
            App = new HouseApplication(builder => builder.Services.AddHassSocket(_configuration.GetSection("HassSocket")));
            App.Services.GetRequiredService<IHassSocket>();
        }

        public HouseApplication App { get; }

        public HassSocketOptions Options => App.Made[""];

        public ITokenProvider Tokens => Options.TokenProvider!;

        public void Reload(string key, string text)
        {
            _configuration["HassSocket:" + key] = text;
            _configuration.Reload();
        }

        public ValueTask<string> TokenAsync() => Tokens.GetTokenAsync(default, CancellationToken.None);

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}

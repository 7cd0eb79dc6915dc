using HassSocket.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Polly;
using Xunit;

namespace HassSocket.Tests.DependencyInjection;

public sealed class AddHassSocketTests
{
    [Fact]
    public async Task House_without_a_key_is_resolved_without_a_key()
    {
        await using var app = HouseApplication.Of();

        Assert.Same(app.Socket(), app.Services.GetRequiredService<IHassSocket>());
        Assert.Same(app.Socket(), app.Services.GetRequiredService<IHassSocket>());
    }

    [Fact]
    public async Task Houses_with_keys_are_resolved_by_them_and_have_options_of_their_own()
    {
        await using var app = new HouseApplication(builder => builder.Services
            .AddHassSocket("garden", o => (o.BaseUrl, o.Token) = ("http://garden.local", "a"))
            .AddHassSocket("cabin", o => (o.BaseUrl, o.Token) = ("http://cabin.local", "b")));

        Assert.Same(app.Socket("garden"), app.Services.GetRequiredKeyedService<IHassSocket>("garden"));
        Assert.Same(app.Socket("cabin"), app.Services.GetRequiredKeyedService<IHassSocket>("cabin"));
        Assert.Null(app.Services.GetService<IHassSocket>());
        Assert.Equal("http://garden.local", app.Made["garden"].BaseUrl);
        Assert.Equal("http://cabin.local", app.Made["cabin"].BaseUrl);
        Assert.Equal("a", await Token(app, "garden"));
        Assert.Equal("b", await Token(app, "cabin"));
    }

    [Fact]
    public async Task Name_that_is_set_wins_over_the_key()
    {
        await using var app = new HouseApplication(builder => builder.Services
            .AddHassSocket("garden", o => (o.BaseUrl, o.Token, o.Name) = ("http://garden.local", "a", "Garden house")));

        app.Services.GetRequiredKeyedService<IHassSocket>("garden");

        Assert.Equal("Garden house", app.Made["garden"].Name);
    }

    [Fact]
    public async Task Options_reach_the_socket_without_the_token_in_the_open()
    {
        await using var app = HouseApplication.Of();
        app.Services.GetRequiredService<IHassSocket>();

        Assert.Null(app.Made[""].Token);
        Assert.Equal("t0ken", await Token(app));
        Assert.Empty(app.Made[""].Validate());
    }

    [Fact]
    public async Task Registered_token_provider_is_used_where_no_token_is_set()
    {
        await using var app = new HouseApplication(builder => builder.Services
            .AddSingleton<ITokenProvider>(new Provider("from the container"))
            .AddHassSocket(o => o.BaseUrl = "http://ha.local"));

        await app.StartAsync();

        Assert.Equal("from the container", await Token(app));
    }

    [Fact]
    public async Task Token_wins_over_a_registered_provider()
    {
        await using var app = new HouseApplication(builder => builder.Services
            .AddSingleton<ITokenProvider>(new Provider("from the container"))
            .AddHassSocket(o => (o.BaseUrl, o.Token) = ("http://ha.local", "set")));
        app.Services.GetRequiredService<IHassSocket>();

        Assert.Equal("set", await Token(app));
    }

    [Fact]
    public async Task House_with_a_key_uses_the_provider_with_its_key_only()
    {
        await using var app = new HouseApplication(builder => builder.Services
            .AddSingleton<ITokenProvider>(new Provider("of another house"))
            .AddKeyedSingleton<ITokenProvider>("garden", new Provider("garden's"))
            .AddHassSocket("garden", o => o.BaseUrl = "http://garden.local")
            .AddHassSocket("cabin", o => o.BaseUrl = "http://cabin.local"));
        app.Services.GetRequiredKeyedService<IHassSocket>("garden");

        Assert.Equal("garden's", await Token(app, "garden"));
        var error = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(
            () => app.Services.GetRequiredKeyedService<IHassSocket>("cabin"));
        Assert.Contains("House 'cabin': Token is not set", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registered_pipeline_replaces_the_reconnect_policy()
    {
        var runs = 0;
        var pipeline = new ResiliencePipelineBuilder().AddStrategy(_ => new Counting(() => runs++), new Options()).Build();
        await using var app = new HouseApplication(builder => builder.Services
            .AddKeyedSingleton("HassSocket.Reconnect", pipeline)
            .AddHassSocket(o => (o.BaseUrl, o.Token) = ("http://ha.local", "set")));
        app.Services.GetRequiredService<IHassSocket>();

        var reconnect = new ResiliencePipelineBuilder();
        app.Made[""].ConfigureReconnect!(reconnect);
        reconnect.Build().Execute(() => { });

        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Second_registration_of_a_house_changes_the_first()
    {
        await using var app = new HouseApplication(builder => builder.Services
            .AddHassSocket(o => o.BaseUrl = "http://ha.local").AddHassSocket(o => o.Token = "set"));

        await app.StartAsync();

        Assert.Equal("set", await Token(app));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Empty_key_is_refused(string key) =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddHassSocket(key, _ => { }));

    private static ValueTask<string> Token(HouseApplication app, string name = "") =>
        app.Made[name].TokenProvider!.GetTokenAsync(default, CancellationToken.None);

    private sealed class Provider(string token) : ITokenProvider
    {
        public ValueTask<string> GetTokenAsync(TokenRequest request, CancellationToken cancellationToken) => new(token);

        public IChangeToken? GetChangeToken() => null;
    }

    private sealed class Options : ResilienceStrategyOptions;

    private sealed class Counting(Action count) : ResilienceStrategy
    {
        protected override ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
            Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state)
        {
            count();
            return callback(context, state);
        }
    }
}

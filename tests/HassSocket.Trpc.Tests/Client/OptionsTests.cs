using HassSocket.Trpc.Tests.Support;
using Xunit;

namespace HassSocket.Trpc.Tests.Client;

public sealed class OptionsTests
{
    [Fact]
    public void Defaults_need_only_an_address()
    {
        var options = new TrpcClientOptions { Url = "ws://board.test" };

        Assert.Empty(options.Validate());
        Assert.Equal((TimeSpan.FromSeconds(30), false), (options.StartTimeout, options.OpenOnDemand));
        Assert.Same(TrpcTransformer.Json, options.Transformer);
    }

    [Theory]
    [InlineData(null, "Url must be")]
    [InlineData("board.test", "Url must be")]
    [InlineData("ftp://board.test", "Url must be")]
    [InlineData("ws://board.test/#a", "Url has a fragment")]
    [InlineData("ws://user:s3cret@board.test/", "Url has a fragment")]
    public void An_address_that_cannot_work_is_told(string? url, string problem) => AssertProblem(o => o.Url = url, problem);

    [Fact]
    public void Values_that_cannot_stand_in_a_header_are_told_without_showing_them()
    {
        AssertProblem(o => o.Headers["x-a"] = "s3cret\n", "Headers holds 'x-a'");
        AssertProblem(o => o.Headers["x a"] = "s3cret", "Headers holds 'x a'");
        AssertProblem(o => o.Cookies["a"] = "s3cret;b", "Cookies holds 'a'");
        AssertProblem(o => o.Cookies["a="] = "s3cret", "Cookies holds 'a='");
        AssertProblem(o => o.ConnectionParams = new Dictionary<string, string> { ["token"] = null! }, "ConnectionParams holds 'token'");
    }

    [Fact]
    public void What_must_be_there_is_asked_for()
    {
        AssertProblem(o => o.Transformer = null!, "Transformer is null");
        AssertProblem(o => o.Headers = null!, "Headers or Cookies is null");
        AssertProblem(o => o.StartTimeout = TimeSpan.Zero, "StartTimeout is 00:00:00");
        AssertProblem(o => o.RetryInterval = TimeSpan.Zero, "RetryInterval is 00:00:00");
    }

    [Fact]
    public async Task Later_changes_have_no_effect()
    {
        TrpcClientOptions? kept = null;
        await using var board = new Board(o =>
        {
            o.Cookies["a"] = "1";
            kept = o;
        });

        kept!.Cookies["a"] = "2";
        kept.Url = "ws://elsewhere.test/";

        var server = await board.ReadyAsync();
        Assert.Equal("board.test", server.Request.Url.Host);
        Assert.Equal("a=1", Assert.Single(server.Request.Headers).Value);
    }

    [Theory]
    [InlineData("", "HassSocket.Trpc")]
    [InlineData("board", "HassSocket.Trpc.board")]
    public async Task Clients_log_in_categories_of_their_own(string name, string category)
    {
        await using var board = new Board(o => o.Name = name);

        Assert.Equal(category, board.Log.Category);
    }

    [Fact]
    public void The_text_of_an_attempt_shows_no_secret()
    {
        var options = new TrpcClientOptions { Url = "wss://board.test/ws?token=s3cret" };
        options.Cookies["a"] = "s3cret";

        Assert.Equal("wss://board.test/ws", new TrpcDial(options).ToString());
    }

    private static void AssertProblem(Action<TrpcClientOptions> change, string problem)
    {
        var options = new TrpcClientOptions { Url = "ws://board.test/" };
        change(options);

        var error = Assert.Throws<ArgumentException>(() => new TrpcClient(options));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }
}

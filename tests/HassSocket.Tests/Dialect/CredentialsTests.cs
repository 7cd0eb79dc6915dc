using HassSocket.Dialect;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Dialect;

public class CredentialsTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("abc.def.ghi\n")]
    [InlineData("  abc.def.ghi\r\n ")]
    public async Task Space_around_a_token_is_taken_away(string token) =>
        Assert.Equal("abc.def.ghi", await new Credentials(new ScriptedTokens(token)).GetAsync(default));

    [Theory]
    [InlineData("", "empty")]
    [InlineData(" \n", "empty")]
    [InlineData("abc.de\nf.ghi", "line break")]
    [InlineData("Bearer abc.def.ghi", "Bearer")]
    public async Task A_token_that_no_server_would_take_is_explained_without_asking_one(string token, string said)
    {
        var rejection = await Assert.ThrowsAsync<AuthenticationRejectedException>(
            async () => await new Credentials(new ScriptedTokens(token)).GetAsync(default));
        Assert.Contains(said, rejection.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ghi", rejection.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_rejection_the_provider_is_asked_once_and_a_different_token_is_used()
    {
        var tokens = new ScriptedTokens("old.token.a") { TokenAfterRejection = "new.token.b" };
        var credentials = new Credentials(tokens);
        Assert.Equal("old.token.a", await credentials.GetAsync(default));
        Assert.True(await credentials.RenewAsync(default));
        Assert.Equal("new.token.b", await credentials.GetAsync(default));
        Assert.Equal([false, true], tokens.Requests.Select(request => request.Rejected));
    }

    [Fact]
    public async Task The_same_token_again_is_not_worth_another_attempt()
    {
        var credentials = new Credentials(new ScriptedTokens("old.token.a") { TokenAfterRejection = "old.token.a\n" });
        await credentials.GetAsync(default);
        Assert.False(await credentials.RenewAsync(default));
    }

    [Fact]
    public async Task A_changed_token_is_noticed_even_when_it_changed_before_anybody_waited()
    {
        var tokens = new ScriptedTokens("old.token.a");
        var credentials = new Credentials(tokens);
        await credentials.GetAsync(default);
        tokens.Token = "new.token.b";
        tokens.SignalChange();
        await credentials.ChangedAsync(default).WaitAsync(Guard);
    }

    [Fact]
    public async Task A_change_of_something_else_does_not_bring_the_rejected_token_back()
    {
        var tokens = new ScriptedTokens("old.token.a");
        var credentials = new Credentials(tokens);
        await credentials.GetAsync(default);
        var changed = credentials.ChangedAsync(default);
        tokens.SignalChange();
        while (tokens.Requests.Count < 2) await Task.Yield();
        Assert.False(changed.IsCompleted);
        tokens.Token = "new.token.b";
        tokens.SignalChange();
        await changed.WaitAsync(Guard);
    }

    [Fact]
    public async Task Without_a_signal_the_wait_ends_by_its_token_only()
    {
        using var stop = new CancellationTokenSource();
        var changed = new Credentials(new ScriptedTokens("a.b.c") { CanSignal = false }).ChangedAsync(stop.Token);
        Assert.False(changed.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => changed.WaitAsync(Guard));
    }
}

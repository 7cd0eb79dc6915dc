using HassSocket.Live;
using Xunit;

namespace HassSocket.Tests.Acceptance;

/// <summary>How the acceptance list is run, told and summed up; the checks themselves are run by <see cref="AcceptanceListTests"/>.</summary>
public sealed class RunnerTests : IAsyncDisposable
{
    private readonly Visit _visit = new(new LiveSettings { Server = "http://house.invalid", Token = "t0ken" });
    private readonly StringWriter _output = new();

    private string[] Lines => _output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public async Task Each_check_is_a_line_with_name_outcome_and_milliseconds_and_the_sum_is_the_last()
    {
        var exitCode = await RunAsync([Passes, Skips, Fails]);

        Assert.Equal(1, exitCode);
        Assert.Matches(@"^01 passes \.\.\. passed \d+ ms$", Lines[0]);
        Assert.Matches(@"^02 skips \.\.\. not applicable \(the server has none\) \d+ ms$", Lines[1]);
        Assert.Matches(@"^03 fails \.\.\. failed \(InvalidOperationException: It broke\.\) \d+ ms$", Lines[2]);
        Assert.Equal("1 passed, 1 failed, 1 skipped", Lines[3]);
    }

    [Theory]
    [InlineData(10, 0, 0)]
    [InlineData(9, 1, 0)]
    [InlineData(8, 2, 2)]
    [InlineData(8, 1, 2)]
    public async Task More_than_a_tenth_that_is_not_applicable_proves_too_little(int passing, int skipping, int exitCode)
    {
        Check[] checks = [.. Enumerable.Repeat(Passes, passing), .. Enumerable.Repeat(Skips, skipping)];

        Assert.Equal(exitCode, await RunAsync(checks));
    }

    [Fact]
    public async Task A_failure_outweighs_what_is_not_applicable() => Assert.Equal(1, await RunAsync([Skips, Skips, Fails]));

    [Fact]
    public async Task After_an_essential_check_that_failed_the_others_are_not_run()
    {
        var exitCode = await RunAsync([Fails with { IsEssential = true }, Passes, Passes]);

        Assert.Equal(1, exitCode);
        Assert.Equal("0 passed, 1 failed, 2 skipped", Lines[^1]);
    }

    [Fact]
    public async Task A_check_that_takes_too_long_fails_and_the_next_one_is_run()
    {
        var hangs = new Check("hangs", (_, token) => Task.Delay(Timeout.Infinite, token)) { Limit = TimeSpan.FromMilliseconds(1) };

        await RunAsync([hangs, Passes]);

        Assert.Contains("did not end within", Lines[0], StringComparison.Ordinal);
        Assert.Equal("1 passed, 1 failed, 0 skipped", Lines[^1]);
    }

    [Fact]
    public async Task An_interrupted_list_says_so_and_still_sums_up()
    {
        using var stop = new CancellationTokenSource();
        var waits = new Check("waits", async (_, token) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
        });

        var exitCode = await new Runner(_visit, _output).RunAsync([waits, Passes], stop.Token);

        Assert.Equal(1, exitCode);
        Assert.StartsWith("01 waits ... failed (interrupted)", Lines[0], StringComparison.Ordinal);
        Assert.Equal("0 passed, 1 failed, 1 skipped", Lines[^1]);
    }

    [Theory]
    [InlineData("HASS_LIVE_SERVER")]
    [InlineData("HASS_LIVE_TOKEN")]
    public void A_missing_variable_is_named(string name)
    {
        var error = Assert.Throws<ArgumentException>(() => LiveSettings.Read([], variable => variable == name ? " " : "x"));

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_are_read_and_unknown_ones_refused()
    {
        var settings = LiveSettings.Read(["--restart", "--light", "light.desk", "--allow-failed-login"], name => name);

        Assert.Equal((true, true, "light.desk"), (settings.Restart, settings.AllowFailedLogin, settings.Light));
        Assert.DoesNotContain("TOKEN", settings.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => LiveSettings.Read(["--fast"], name => name));
        Assert.Throws<ArgumentException>(() => LiveSettings.Read(["--light"], name => name));
    }

    public async ValueTask DisposeAsync()
    {
        await _visit.DisposeAsync();
        await _output.DisposeAsync();
    }

    private static Check Passes => new("passes", (_, _) => Task.CompletedTask);

    private static Check Skips => new("skips", (_, _) => throw new NotApplicableException("the server has none"));

    private static Check Fails => new("fails", (_, _) => throw new InvalidOperationException("It broke."));

    private Task<int> RunAsync(IReadOnlyList<Check> checks) => new Runner(_visit, _output).RunAsync(checks, CancellationToken.None);
}

using System.Diagnostics;
using HassSocket.Tests.Shared.Peers;
using Xunit;

namespace HassSocket.Tests.Peers;

public sealed class PeerTests
{
    [Fact]
    public async Task What_is_asked_is_answered_in_any_characters()
    {
        await using var peer = Peer.Start("echo.mjs");

        Assert.Equal("ü\u2028\n🏠", (await peer.AskAsync("echo", new { text = "ü\u2028\n🏠" })).GetProperty("text").GetString());
    }

    [Fact]
    public async Task Notes_are_given_out_once_each()
    {
        await using var peer = Peer.Start("echo.mjs");
        await peer.AskAsync("announce", new { name = "one" });
        await peer.AskAsync("announce", new { name = "one" });

        Assert.Equal("a\u2028b", (await peer.NoteAsync("one")).GetProperty("text").GetString());
        Assert.Equal(1, peer.CountNotes("one"));
    }

    [Fact]
    public async Task An_action_that_fails_tells_what_it_threw()
    {
        await using var peer = Peer.Start("echo.mjs");

        var refusal = await Assert.ThrowsAsync<PeerRefusedException>(() => peer.AskAsync("refuse"));
        Assert.Equal("not_found", refusal.Error.GetProperty("code").GetString());
        Assert.Contains("It knows: echo", (await Assert.ThrowsAsync<PeerRefusedException>(() => peer.AskAsync("fly"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_crashes_ends_everything_that_waits_for_it_and_says_why()
    {
        await using var peer = Peer.Start("echo.mjs");
        var hanging = peer.AskAsync("hang");
        var silent = peer.NoteAsync("never");
        await peer.AskAsync("crash");

        Assert.Contains("on purpose", (await Assert.ThrowsAsync<InvalidOperationException>(() => hanging)).Message, StringComparison.Ordinal);
        Assert.Contains("exit code 1", (await Assert.ThrowsAnyAsync<Exception>(() => silent)).ToString(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => peer.AskAsync("echo"));
    }

    [Fact]
    public async Task A_peer_that_hangs_is_gone_after_its_test()
    {
        int id;
        await using (var peer = Peer.Start("echo.mjs"))
        {
            id = (await peer.AskAsync("process")).GetInt32();
            _ = peer.AskAsync("hang").ContinueWith(hung => hung.Exception, TaskScheduler.Default);
        }

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
    }
}

using Xunit;

namespace HassSocket.Trpc.Tests.Replay;

/// <summary>Waits for news of a subscription as long as the line has patience.</summary>
internal static class ReplayInbox
{
    public static Task<T> NextAsync<T>(this Inbox<T> inbox, ReplayLine line) => line.GuardAsync(inbox.NextAsync());

    /// <summary>The end of the stream, behind all its items; its error is thrown.</summary>
    public static async Task EndAsync<T>(this Inbox<T> inbox, ReplayLine line)
    {
        Assert.True(inbox.IsEmpty, "There is an item that was not recorded.");
        await line.GuardAsync(End(inbox));
    }

    private static async Task<bool> End<T>(Inbox<T> inbox)
    {
        await inbox.Completion;
        return true;
    }
}

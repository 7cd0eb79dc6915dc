using Xunit;

namespace HassSocket.Core.Tests.Support;

public static class Failures
{
    /// <summary>Waits for a task that must fail in a certain way.</summary>
    public static Task<T> FailsWithAsync<T>(this Task task)
        where T : Exception => Assert.ThrowsAsync<T>(() => task.WaitAsync(ConnectionFixture.Guard));

    /// <summary>Waits for a task that must be cancelled, and by whom.</summary>
    public static async Task IsCancelledByAsync(this Task task, CancellationToken token)
    {
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task.WaitAsync(ConnectionFixture.Guard, CancellationToken.None));
        Assert.Equal(token, cancelled.CancellationToken);
    }
}

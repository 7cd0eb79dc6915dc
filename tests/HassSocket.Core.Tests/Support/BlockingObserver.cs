namespace HassSocket.Core.Tests.Support;

/// <summary>An observer that stands still at its first item until the test releases it.</summary>
public sealed class BlockingObserver : IObserver<string>, IDisposable
{
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _released = new();

    public Inbox<string> Inbox { get; } = new();

    public Task Entered => _entered.Task.WaitAsync(ConnectionFixture.Guard);

    public void Release() => _released.Set();

    public void OnNext(string value)
    {
        _entered.TrySetResult();
        Assert(_released.Wait(ConnectionFixture.Guard));
        Inbox.OnNext(value);
    }

    public void OnError(Exception error) => Inbox.OnError(error);

    public void OnCompleted() => Inbox.OnCompleted();

    public void Dispose()
    {
        _released.Set();
        _released.Dispose();
    }

    private static void Assert(bool wasReleased)
    {
        if (!wasReleased) throw new TimeoutException("The test never released the observer.");
    }
}

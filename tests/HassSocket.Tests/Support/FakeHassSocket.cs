using System.Reactive.Linq;
using System.Reactive.Subjects;
using HassSocket.DependencyInjection;

namespace HassSocket.Tests.Support;

/// <summary>A socket whose state a test sets by hand.</summary>
internal sealed class FakeHassSocket : IHassSocket, IWaitingSubscriptions
{
    private readonly BehaviorSubject<ConnectionStateChange> _changes =
        new(new ConnectionStateChange(ConnectionState.Stopped, ConnectionState.Stopped, default));

    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _startCalled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConnectionState State => _changes.Value.Current;
    public IObservable<ConnectionStateChange> StateChanges => _changes.AsObservable();
    public IObservable<HassConnection> OnConnect => Observable.Never<HassConnection>();
    public IObservable<TrafficWarning> TrafficWarnings => Observable.Never<TrafficWarning>();
    public bool PauseMessages { get; set; }
    public int WaitingSubscriptions { get; set; }
    public int Starts { get; private set; }
    public int Stops { get; private set; }
    public bool Disposed { get; private set; }

    /// <summary>Completes when somebody has called <see cref="StartAsync"/>.</summary>
    public Task StartCalled => _startCalled.Task.WaitAsync(TimeSpan.FromSeconds(10));

    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        Starts++;
        _startCalled.TrySetResult();
        return _started.Task.WaitAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken = default)
    {
        Stops++;
        Become(ConnectionState.Stopped);
        return Task.CompletedTask;
    }

    public void Become(ConnectionState state, string? explanation = null)
    {
        _changes.OnNext(new ConnectionStateChange(State, state, default) { Explanation = explanation });
        if (state == ConnectionState.Ready) _started.TrySetResult();
    }

    public void Fault(Exception error, EndReason reason)
    {
        _changes.OnNext(new ConnectionStateChange(State, ConnectionState.Faulted, default) { Error = error, Explanation = error.Message, Reason = reason });
        _started.TrySetException(error);
    }

    public IEntityStates Entities => throw new NotSupportedException();

    public LiveStream<HassEvent> OnEvent(string eventType) => throw new NotSupportedException();
    public LiveStream<RawEvent> OnRawEvent(string eventType) => throw new NotSupportedException();

    public Task<TResult> SendMessageAsync<TResult>(HassCommand<TResult> command, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task PostMessageAsync(HassCommand command, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public LiveStream<T> Subscribe<T>(HassSubscription<T> subscription) => throw new NotSupportedException();

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return default;
    }
}

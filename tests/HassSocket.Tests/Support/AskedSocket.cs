using HassSocket.Dialect;

namespace HassSocket.Tests.Support;

/// <summary>A socket that keeps what it is asked, and answers with a text.</summary>
internal sealed class AskedSocket : IHassSocket
{
    /// <summary>The commands and subscriptions as they would leave, with the id 7.</summary>
    public List<string> Sent { get; } = [];

    public List<string> Posted { get; } = [];

    public string Result { get; set; } = "null";

    public object? LastSubscription { get; private set; }

    public CancellationToken LastToken { get; private set; }

    public Action OnSend { get; set; } = () => { };

    public ConnectionState State => ConnectionState.Ready;

    public IObservable<ConnectionStateChange> StateChanges => throw new NotSupportedException();

    public IObservable<HassConnection> OnConnect => throw new NotSupportedException();

    public IObservable<TrafficWarning> TrafficWarnings => throw new NotSupportedException();

    public bool PauseMessages { get; set; }

    public IEntityStates Entities => throw new NotSupportedException();

    public LiveStream<HassEvent> OnEvent(string eventType) => Subscribe(new EventSubscription(eventType));
    public LiveStream<RawEvent> OnRawEvent(string eventType) => throw new NotSupportedException();

    public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task<TResult> SendMessageAsync<TResult>(HassCommand<TResult> command, CancellationToken cancellationToken = default)
    {
        LastToken = cancellationToken;
        Sent.Add(Frame(command.Type, command.WriteFields));
        OnSend();
        var bytes = Utf8.Bytes(Result);
        return Task.FromResult(ResultReader.Read(command, bytes, 7));
    }

    public Task PostMessageAsync(HassCommand command, CancellationToken cancellationToken = default)
    {
        Posted.Add(Frame(command.Type, command.WriteFields));
        return Task.CompletedTask;
    }

    public LiveStream<T> Subscribe<T>(HassSubscription<T> subscription)
    {
        LastSubscription = subscription;
        Sent.Add(Frame(subscription.Type, subscription.WriteFields));
        return null!;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Frame(string type, Action<System.Text.Json.Utf8JsonWriter> writeFields) =>
        """{"id":7,""" + Utf8.Written(body => RequestEncoder.Encode(body, type, writeFields));
}

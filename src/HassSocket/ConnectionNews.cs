namespace HassSocket;

/// <summary>The engine's sessions in the words of Home Assistant; unlike an operator of Rx, it does not let go of an observer that throws.</summary>
internal sealed class ConnectionNews(IObservable<ConnectedSession> sessions) : IObservable<HassConnection>
{
    public IDisposable Subscribe(IObserver<HassConnection> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return sessions.Subscribe(new Translator(observer));
    }

    private sealed class Translator(IObserver<HassConnection> observer) : IObserver<ConnectedSession>
    {
        public void OnNext(ConnectedSession value) => observer.OnNext(new HassConnection(
            value.Number, value.ServerVersion, value.ConnectedAt, value.GapReason, value.GapLength));

        public void OnError(Exception error) => observer.OnError(error);

        public void OnCompleted() => observer.OnCompleted();
    }
}

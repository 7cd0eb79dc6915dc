namespace HassSocket.Connections;

/// <summary>Tells of sessions, and knows what is called from within a handler of theirs.</summary>
internal sealed class SessionHandlers(IObservable<ConnectedSession> sessions) : IObservable<ConnectedSession>
{
    private static readonly AsyncLocal<int> Within = new();

    /// <summary>The number of the session whose handler we are called from, also behind its awaits; zero elsewhere.</summary>
    public static int Current => Within.Value;

    public IDisposable Subscribe(IObserver<ConnectedSession> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return sessions.Subscribe(new Handler(observer));
    }

    private sealed class Handler(IObserver<ConnectedSession> observer) : IObserver<ConnectedSession>
    {
        public void OnNext(ConnectedSession value)
        {
            Within.Value = value.Number;
            try
            {
                observer.OnNext(value);
            }
            finally
            {
                Within.Value = 0;
            }
        }

        public void OnError(Exception error) => observer.OnError(error);

        public void OnCompleted() => observer.OnCompleted();
    }
}

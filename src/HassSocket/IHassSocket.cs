namespace HassSocket;

/// <summary>A self-managing socket to one Home Assistant: connects, heals, asks again for every subscription, paces and reports by itself.</summary>
/// <remarks>
/// Every member may be used from any thread and in every state. Commands of Home Assistant are extension methods over this
/// interface (<c>GetStatesAsync</c>, <c>CallServiceAsync</c>, …), so a substitute in a test needs these members only.
/// </remarks>
public interface IHassSocket : IAsyncDisposable
{
    /// <summary>Where the connection stands now.</summary>
    ConnectionState State { get; }

    /// <summary>Every change of <see cref="State"/>; replays the latest to a new observer, and is never held by a pause.</summary>
    IObservable<ConnectionStateChange> StateChanges { get; }

    /// <summary>Every connection and reconnection, once it is ready; at once for an observer that comes while it is. Never held by a pause.</summary>
    IObservable<HassConnection> OnConnect { get; }

    /// <summary>One warning for each episode of sending more than <see cref="ConnectionOptions.SocketWarnRequestsPerSec"/>.</summary>
    IObservable<TrafficWarning> TrafficWarnings { get; }

    /// <summary>Stops outgoing commands and incoming events, and stays connected; setting it twice is one pause.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    bool PauseMessages { get; set; }

    /// <summary>The states of the house as they are now; the subscription opens at the first use, and everybody shares it: <c>subscribe_entities</c>.</summary>
    IEntityStates Entities { get; }

    /// <summary>The events of one type on the server's bus: <c>subscribe_events</c>.</summary>
    /// <param name="eventType">The type, such as <c>state_changed</c>.</param>
    /// <returns>A stream that is cold to create, shared underneath, and survives every reconnect.</returns>
    /// <exception cref="ArgumentException">The type is empty.</exception>
    LiveStream<HassEvent> OnEvent(string eventType);

    /// <summary>The same events as UTF-8 bytes in memory that is on loan, for those who look at very many and keep few.</summary>
    /// <remarks>
    /// For <see cref="LiveStream{T}.SubscribeAsync"/> and <see cref="LiveStream{T}.ReadAllAsync"/>; an <see cref="IObserver{T}"/> gets
    /// copies. Where the same events are heard in another form too, they are kept for that, and nothing is saved.
    /// </remarks>
    /// <param name="eventType">The type, such as <c>state_changed</c>.</param>
    /// <returns>A stream that is cold to create, shared underneath, and survives every reconnect.</returns>
    /// <exception cref="ArgumentException">The type is empty.</exception>
    LiveStream<RawEvent> OnRawEvent(string eventType);

    /// <summary>Starts to connect, and returns at the first <see cref="ConnectionState.Ready"/>; called again, it joins.</summary>
    /// <param name="cancellationToken">Ends the wait, not the connecting.</param>
    /// <exception cref="AuthenticationRejectedException">The server rejected the token.</exception>
    /// <exception cref="TrafficLimitExceededException">The connection was stopped because too much was sent.</exception>
    Task StartAsync(CancellationToken cancellationToken = default);

    /// <summary>Closes the connection and stays stopped; streams stay and go on after the next <see cref="StartAsync"/>.</summary>
    /// <param name="cancellationToken">Ends the wait for an orderly close.</param>
    Task StopAsync(CancellationToken cancellationToken = default);

    /// <summary>Sends a command and waits for its result.</summary>
    /// <typeparam name="TResult">What it answers.</typeparam>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Ends the wait; a command that has not left yet is withdrawn.</param>
    /// <exception cref="HassCommandException">The server refused the command, or failed while it ran it.</exception>
    /// <exception cref="ResponseTimeoutException">It was sent, but not answered in time.</exception>
    /// <exception cref="ConnectionLostException">The connection was lost before the answer came; <see cref="ConnectionLostException.Delivery"/> says how far it got.</exception>
    /// <exception cref="NotConnectedException">There is no connection, and none came in time.</exception>
    /// <exception cref="MessagesPausedException">Messages are paused.</exception>
    /// <exception cref="TrafficLimitExceededException">Too much was sent.</exception>
    /// <exception cref="ProtocolViolationException">The answer cannot be read, or the command is larger than the server accepts.</exception>
    /// <exception cref="ArgumentException">The command wants to be dropped during a pause, but a result is waited for.</exception>
    Task<TResult> SendMessageAsync<TResult>(HassCommand<TResult> command, CancellationToken cancellationToken = default);

    /// <summary>Sends a command without waiting for its answer; completes when it is written. A later refusal is logged.</summary>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Ends the wait; a command that has not left yet is withdrawn.</param>
    /// <exception cref="ConnectionLostException">The connection was lost while it was written.</exception>
    /// <exception cref="NotConnectedException">There is no connection, and none came in time.</exception>
    /// <exception cref="MessagesPausedException">Messages are paused.</exception>
    /// <exception cref="TrafficLimitExceededException">Too much was sent.</exception>
    Task PostMessageAsync(HassCommand command, CancellationToken cancellationToken = default);

    /// <summary>The items of a subscription command.</summary>
    /// <typeparam name="T">What its items are read as.</typeparam>
    /// <param name="subscription">The subscription command.</param>
    /// <returns>A stream that is cold to create and survives every reconnect.</returns>
    LiveStream<T> Subscribe<T>(HassSubscription<T> subscription);
}

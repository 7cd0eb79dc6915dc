namespace HassSocket.Testing;

/// <summary>How a <see cref="FakeTrpcServer"/> behaves.</summary>
public sealed record FakeTrpcServerOptions
{
    /// <summary>The clock of the server.</summary>
    /// <value>Default: the system's.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Whether values travel as superjson, as in Homarr; the client has to use the same transformer.</summary>
    /// <value>
    /// Default: <see langword="false"/>, plain JSON. With it, dates (<see cref="DateTimeOffset"/>, <see cref="DateTime"/>), NaN, the
    /// infinities and <see cref="FakeTrpcServer.Undefined"/> within what procedures return get their tags; all else is sent as it is.
    /// </value>
    public bool SuperJson { get; init; }

    /// <summary>How many requests may share a message; with more, each is answered with BAD_REQUEST.</summary>
    /// <value>Default: <see langword="null"/>, any number.</value>
    public int? MaxBatchSize { get; init; }

    /// <summary>After how much silence of a client the server sends <c>PING</c>.</summary>
    /// <value>Default: <see cref="Timeout.InfiniteTimeSpan"/>, never, as with real servers; Homarr takes 30 seconds.</value>
    public TimeSpan PingInterval { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>How long the server then waits for any message of the client before it breaks the line.</summary>
    /// <value>Default: 5 seconds, as with real servers.</value>
    public TimeSpan PongTimeout { get; init; } = TimeSpan.FromSeconds(5);
}

using System.Text.Json;

namespace HassSocket;

/// <summary>Asks whether the server answers: <c>{"id":7,"type":"ping"}</c>, answered by <c>{"id":7,"type":"pong"}</c>.</summary>
/// <remarks>It waits behind everything that the server has queued for us, so its time also tells of a backlog there.</remarks>
public sealed record PingCommand : HassCommand<Acknowledgement>
{
    /// <inheritdoc/>
    public override string Type => "ping";

    /// <inheritdoc/>
    protected internal override void WriteFields(Utf8JsonWriter writer)
    {
    }

    /// <inheritdoc/>
    protected internal override Acknowledgement ReadResult(ref Utf8JsonReader reader) => Acknowledgement.Read(ref reader);
}

/// <summary>The ping.</summary>
public static class PingExtensions
{
    /// <summary>Pings the server: <c>ping</c>.</summary>
    /// <param name="socket">The connection.</param>
    /// <param name="timeProvider">The clock that measures; <see langword="null"/> for the system's.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The time from the call to the answer, waiting for a connection included.</returns>
    /// <exception cref="ResponseTimeoutException">No answer came in time.</exception>
    public static async Task<TimeSpan> PingAsync(
        this IHassSocket socket, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(socket);
        var clock = timeProvider ?? TimeProvider.System;
        var start = clock.GetTimestamp();
        await socket.SendMessageAsync(new PingCommand(), cancellationToken).ConfigureAwait(false);
        return clock.GetElapsedTime(start);
    }
}

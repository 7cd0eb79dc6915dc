using System.Buffers;
using System.Text.Json;
using HassSocket.Dialect;

namespace HassSocket;

/// <summary>Asks for the states of all entities that the user may see.</summary>
/// <remarks>Over the wire: <c>{"id":7,"type":"get_states"}</c>. In a house of 10,000 entities the answer is some 5 MB; <c>subscribe_entities</c> is leaner for what changes.</remarks>
public sealed record GetStatesCommand : HassCommand<IReadOnlyList<EntityState>>
{
    /// <inheritdoc/>
    public override string Type => "get_states";

    /// <inheritdoc/>
    protected internal override void WriteFields(Utf8JsonWriter writer)
    {
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<EntityState> ReadResult(ref Utf8JsonReader reader) =>
        JsonScan.Read(ref reader, HassJson.Default.ListEntityState);

    internal override IReadOnlyList<EntityState> ReadPayload(in ReadOnlySequence<byte> result) => StateListReader.Read(result);
}

/// <summary>The states of entities.</summary>
public static class StateExtensions
{
    /// <summary>Gives the states of all entities that the user may see: <c>get_states</c>.</summary>
    /// <param name="socket">The connection.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HassSocketException">No answer came; its kind says why.</exception>
    public static Task<IReadOnlyList<EntityState>> GetStatesAsync(this IHassSocket socket, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return socket.SendMessageAsync(new GetStatesCommand(), cancellationToken);
    }
}

using System.Text.Json;
using HassSocket.Dialect;

namespace HassSocket;

/// <summary>Asks how the server is set up and how far it has started.</summary>
/// <remarks>Over the wire: <c>{"id":7,"type":"get_config"}</c>.</remarks>
public sealed record GetConfigCommand : HassCommand<HassConfig>
{
    /// <inheritdoc/>
    public override string Type => "get_config";

    /// <inheritdoc/>
    protected internal override void WriteFields(Utf8JsonWriter writer)
    {
    }

    /// <inheritdoc/>
    protected internal override HassConfig ReadResult(ref Utf8JsonReader reader) =>
        JsonScan.Read(ref reader, HassJson.Default.HassConfig);
}

/// <summary>The server's configuration.</summary>
public static class ConfigExtensions
{
    /// <summary>Tells how the server is set up and how far it has started: <c>get_config</c>.</summary>
    /// <param name="socket">The connection.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HassSocketException">No answer came; its kind says why.</exception>
    public static Task<HassConfig> GetConfigAsync(this IHassSocket socket, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return socket.SendMessageAsync(new GetConfigCommand(), cancellationToken);
    }
}

using System.Text.Json;
using HassSocket.Dialect;

namespace HassSocket;

/// <summary>Asks for the services that can be called, with their fields.</summary>
/// <remarks>Over the wire: <c>{"id":7,"type":"get_services"}</c>.</remarks>
public sealed record GetServicesCommand : HassCommand<ServiceCatalog>
{
    /// <inheritdoc/>
    public override string Type => "get_services";

    /// <inheritdoc/>
    protected internal override void WriteFields(Utf8JsonWriter writer)
    {
    }

    /// <inheritdoc/>
    protected internal override ServiceCatalog ReadResult(ref Utf8JsonReader reader) =>
        new(JsonScan.Read(ref reader, HassJson.Default.DictionaryStringIReadOnlyDictionaryStringServiceDescription));
}

/// <summary>The services that the server offers.</summary>
public static class ServiceCatalogExtensions
{
    /// <summary>Gives the services that can be called, with their fields: <c>get_services</c>.</summary>
    /// <param name="socket">The connection.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HassSocketException">No answer came; its kind says why.</exception>
    public static Task<ServiceCatalog> GetServicesAsync(this IHassSocket socket, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return socket.SendMessageAsync(new GetServicesCommand(), cancellationToken);
    }
}

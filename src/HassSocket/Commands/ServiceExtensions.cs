using System.Diagnostics.CodeAnalysis;

namespace HassSocket;

/// <summary>Service calls: <c>call_service</c>.</summary>
public static class ServiceExtensions
{
    private const string ByReflection = "Reads the members of the data by reflection; give a JsonObject, or JsonFields.Of with a JsonTypeInfo.";

    /// <summary>Calls a service and waits until it has run.</summary>
    /// <param name="socket">The connection.</param>
    /// <param name="domain">The integration, such as <c>light</c>.</param>
    /// <param name="service">The service, such as <c>turn_on</c>. For <c>homeassistant.restart</c> and <c>.stop</c>, the end of the connection is success.</param>
    /// <param name="data">What the service is told, such as a <see cref="System.Text.Json.Nodes.JsonObject"/>.</param>
    /// <param name="target">What it is about.</param>
    /// <param name="cancellationToken">Ends the wait, not the service.</param>
    /// <exception cref="HassCommandException">The server refused the call, or the service failed.</exception>
    /// <exception cref="ResponseTimeoutException">The service takes longer than <see cref="ConnectionOptions.ExpectResponseAfter"/>; it still runs.</exception>
    public static Task<ServiceCallResult> CallServiceAsync(
        this IHassSocket socket, string domain, string service, JsonFields? data = null, Target? target = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return socket.SendMessageAsync(new CallServiceCommand(domain, service) { Data = data, Target = target }, cancellationToken);
    }

    /// <summary>Calls a service that is told nothing but what it is about.</summary>
    /// <inheritdoc cref="CallServiceAsync(IHassSocket, string, string, JsonFields?, Target?, CancellationToken)"/>
    /// <param name="socket">The connection.</param>
    /// <param name="domain">The integration, such as <c>light</c>.</param>
    /// <param name="service">The service, such as <c>turn_on</c>.</param>
    /// <param name="where">What it is about.</param>
    /// <param name="cancellationToken">Ends the wait, not the service.</param>
    public static Task<ServiceCallResult> CallServiceAsync(
        this IHassSocket socket, string domain, string service, Target where, CancellationToken cancellationToken = default) =>
        socket.CallServiceAsync(domain, service, (JsonFields?)null, where, cancellationToken);

    /// <inheritdoc cref="CallServiceAsync(IHassSocket, string, string, JsonFields?, Target?, CancellationToken)"/>
    /// <param name="socket">The connection.</param>
    /// <param name="domain">The integration, such as <c>light</c>.</param>
    /// <param name="service">The service, such as <c>turn_on</c>.</param>
    /// <param name="data">What the service is told, such as <c>new { brightness_pct = 40 }</c>; members that are null are left out.</param>
    /// <param name="target">What it is about.</param>
    /// <param name="cancellationToken">Ends the wait, not the service.</param>
    [RequiresUnreferencedCode(ByReflection)]
    [RequiresDynamicCode(ByReflection)]
    public static Task<ServiceCallResult> CallServiceAsync(
        this IHassSocket socket, string domain, string service, object data, Target? target = null,
        CancellationToken cancellationToken = default) =>
        socket.CallServiceAsync(domain, service, JsonFields.FromObject(data), target, cancellationToken);

    /// <summary>Calls a service that has a response, such as <c>weather.get_forecasts</c>, and waits for it.</summary>
    /// <param name="socket">The connection.</param>
    /// <param name="domain">The integration, such as <c>weather</c>.</param>
    /// <param name="service">The service, such as <c>get_forecasts</c>.</param>
    /// <param name="data">What the service is told, such as a <see cref="System.Text.Json.Nodes.JsonObject"/>.</param>
    /// <param name="target">What it is about; the response then has a member for each entity.</param>
    /// <param name="cancellationToken">Ends the wait, not the service.</param>
    /// <exception cref="HassCommandException">The server refused the call (also where the service has no response), or the service failed.</exception>
    public static Task<ServiceCallResult> CallServiceWithResponseAsync(
        this IHassSocket socket, string domain, string service, JsonFields? data = null, Target? target = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(socket);
        var command = new CallServiceCommand(domain, service) { Data = data, Target = target, ReturnResponse = true };
        return socket.SendMessageAsync(command, cancellationToken);
    }

    /// <inheritdoc cref="CallServiceWithResponseAsync(IHassSocket, string, string, JsonFields?, Target?, CancellationToken)"/>
    [RequiresUnreferencedCode(ByReflection)]
    [RequiresDynamicCode(ByReflection)]
    public static Task<ServiceCallResult> CallServiceWithResponseAsync(
        this IHassSocket socket, string domain, string service, object data, Target? target = null,
        CancellationToken cancellationToken = default) =>
        socket.CallServiceWithResponseAsync(domain, service, JsonFields.FromObject(data), target, cancellationToken);
}

using System.Buffers;
using System.Text.Json;
using HassSocket.Dialect;

namespace HassSocket;

/// <summary>Calls a service (an action, in the words of the user interface).</summary>
/// <remarks>
/// Over the wire: <c>{"id":7,"type":"call_service","domain":"light","service":"turn_on","service_data":{…},"target":{…}}</c>. The
/// server answers when the service has run, however long that takes; entities that it does not know are passed over in silence.
/// </remarks>
public sealed record CallServiceCommand : HassCommand<ServiceCallResult>
{
    private static readonly byte[] NothingToTell = "null"u8.ToArray();

    /// <summary>Creates the call.</summary>
    /// <param name="domain">The integration, such as <c>light</c>.</param>
    /// <param name="service">The service, such as <c>turn_on</c>.</param>
    /// <exception cref="ArgumentException">One of them is empty.</exception>
    public CallServiceCommand(string domain, string service)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(domain);
        ArgumentException.ThrowIfNullOrWhiteSpace(service);
        Domain = domain;
        Service = service;
    }

    /// <summary>The integration, such as <c>light</c>.</summary>
    public string Domain { get; }

    /// <summary>The service, such as <c>turn_on</c>.</summary>
    public string Service { get; }

    /// <summary>What the service is told: <c>service_data</c>.</summary>
    /// <value>Default: <see langword="null"/>, nothing.</value>
    public JsonFields? Data { get; init; }

    /// <summary>What the service is about: <c>target</c>.</summary>
    /// <value>Default: <see langword="null"/>, nothing.</value>
    public Target? Target { get; init; }

    /// <summary>Whether the service's response is asked for; a service that has none refuses, and some refuse to work without: <c>return_response</c>.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool ReturnResponse { get; init; }

    /// <inheritdoc/>
    public override string Type => "call_service";

    // A server that stops never answers: the end of its socket is how it says that it does.
    internal override ReadOnlyMemory<byte> ReplyAtSessionEnd => EndsTheServer ? NothingToTell : default;

    private bool EndsTheServer =>
        Domain.Equals("homeassistant", StringComparison.OrdinalIgnoreCase)
        && (Service.Equals("restart", StringComparison.OrdinalIgnoreCase) || Service.Equals("stop", StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    protected internal override void WriteFields(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteString("domain"u8, Domain);
        writer.WriteString("service"u8, Service);
        Data?.WriteTo(writer, "service_data"u8);
        Target?.WriteTo(writer, "target"u8);
        if (ReturnResponse) writer.WriteBoolean("return_response"u8, true);
    }

    /// <inheritdoc/>
    protected internal override ServiceCallResult ReadResult(ref Utf8JsonReader reader) =>
        JsonSerializer.Deserialize(ref reader, HassJson.Default.ServiceCallResult) ?? new();

    internal override ServiceCallResult ReadPayload(in ReadOnlySequence<byte> result) =>
        result.IsSingleSegment && ReadAsWritten(result.FirstSpan) is { } read ? read : base.ReadPayload(result);

    // Nearly every answer is this one, and says nothing but whose doing the changes are.
    private static ServiceCallResult? ReadAsWritten(ReadOnlySpan<byte> json)
    {
        var walk = new WrittenJson(json);
        if (!walk.Pass("{\"context\":"u8) || !EventContext.TryReadRoot(ref walk, out var id, out var userId)) return null;
        return walk.Pass(",\"response\":null}"u8) && walk.IsAtEnd ? new ServiceCallResult(id, userId) : null;
    }
}

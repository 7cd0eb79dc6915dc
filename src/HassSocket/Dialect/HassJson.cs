using System.Text.Json.Serialization;

namespace HassSocket.Dialect;

/// <summary>Reads and writes the models without reflection, and leniently.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = JsonScan.MaxDepth,
    Converters = [typeof(LenientTextConverter), typeof(LenientTimeConverter), typeof(LenientTextListConverter)])]
[JsonSerializable(typeof(AuthMessage))]
[JsonSerializable(typeof(EventContext))]
[JsonSerializable(typeof(HassConfig))]
[JsonSerializable(typeof(List<EntityState>))]
[JsonSerializable(typeof(Dictionary<string, IReadOnlyDictionary<string, ServiceDescription>>))]
[JsonSerializable(typeof(ServiceCallResult))]
[JsonSerializable(typeof(TriggerFired))]
[JsonSerializable(typeof(WireEntities))]
[JsonSerializable(typeof(WireEntities.RemovedNames))]
[JsonSerializable(typeof(WireError))]
internal sealed partial class HassJson : JsonSerializerContext;

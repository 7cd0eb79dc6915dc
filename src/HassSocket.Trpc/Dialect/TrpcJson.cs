using System.Text.Json;
using System.Text.Json.Serialization;

namespace HassSocket.Trpc.Dialect;

/// <summary>Source-generated JSON of this package.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class TrpcJson : JsonSerializerContext;

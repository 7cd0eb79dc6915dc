using System.Text.Json.Serialization.Metadata;

namespace HassSocket.Trpc;

/// <summary>The input of a procedure, and how it is written.</summary>
internal sealed record TrpcInput(object? Value, JsonTypeInfo TypeInfo);

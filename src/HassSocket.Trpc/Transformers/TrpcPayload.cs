using System.Buffers;
using System.Text.Json;

namespace HassSocket.Trpc;

/// <summary>The data of a result or an item, as the transformer of the server wrote it.</summary>
/// <param name="Json">The member <c>data</c>, UTF-8; empty where the server left it out, which stands for <c>undefined</c>. Valid during the call only.</param>
/// <param name="IsTracked">Whether it is the pair <c>{"id":…,"data":…}</c> of a tracked item, so that the value is the pair's <c>data</c>.</param>
public readonly record struct TrpcPayload(ReadOnlySequence<byte> Json, bool IsTracked)
{
    /// <summary>What <c>undefined</c> is in a type: <see cref="JsonValueKind.Undefined"/>, or null.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <exception cref="JsonException">The type has no value for it.</exception>
    public static T? Undefined<T>()
    {
        if (typeof(T) == typeof(JsonElement) || default(T) is null) return default;
        throw new JsonException($"The server sent undefined, for which a {typeof(T).Name} has no value; expect a nullable type, or a JsonElement.");
    }
}

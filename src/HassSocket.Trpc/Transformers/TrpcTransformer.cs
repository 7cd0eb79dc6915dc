using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace HassSocket.Trpc;

/// <summary>How values travel between client and server: both sides must use the same one.</summary>
/// <remarks>Called by many threads at once; must not keep what it is given. Derive for transformers that are not here.</remarks>
public abstract class TrpcTransformer
{
    /// <summary>No transformer: values are plain JSON.</summary>
    public static TrpcTransformer Json { get; } = new JsonTransformer();

    /// <summary>superjson, with nothing registered.</summary>
    public static TrpcTransformer SuperJson { get; } = new SuperJsonTransformer();

    /// <summary>Whether every server with this transformer can read whatever it writes, so that requests may share a message: one that cannot be read spoils them all.</summary>
    /// <value>Default: <see langword="false"/>, each request travels alone.</value>
    public virtual bool AllowsBatches => false;

    /// <summary>Writes an input as one JSON value.</summary>
    /// <param name="writer">Stands where the value belongs.</param>
    /// <param name="value">The input.</param>
    /// <param name="typeInfo">How the input's model is written.</param>
    /// <exception cref="ArgumentException">The value cannot be written so that the server could read it; the message says what is wrong where.</exception>
    public abstract void WriteInput(Utf8JsonWriter writer, object? value, JsonTypeInfo typeInfo);

    /// <summary>Writes what stands for no input, if anything does.</summary>
    /// <param name="writer">Stands where the value belongs, behind the name of the member.</param>
    /// <value>Default: the member <c>input</c> is left out.</value>
    public virtual void WriteNoInput(Utf8JsonWriter writer) => throw new NotSupportedException($"{GetType().Name} leaves the input out.");

    /// <summary>Whether no input is written by <see cref="WriteNoInput"/>, because the server cannot do without the member.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public virtual bool WritesNoInput => false;

    /// <summary>Reads a result or an item.</summary>
    /// <typeparam name="T">The model.</typeparam>
    /// <param name="payload">What the server sent.</param>
    /// <param name="typeInfo">How the model is read.</param>
    /// <returns>The value; <see cref="TrpcPayload.Undefined{T}"/> where the server sent <c>undefined</c>.</returns>
    /// <exception cref="JsonException">It is not of the model's shape.</exception>
    public abstract T? Read<T>(TrpcPayload payload, JsonTypeInfo<T> typeInfo);

    /// <summary>Takes an error out of what the transformer wraps around it.</summary>
    /// <param name="error">The member <c>error</c> as the server sent it.</param>
    /// <returns>The error with its members <c>message</c>, <c>code</c> and <c>data</c>.</returns>
    public virtual JsonElement UnwrapError(JsonElement error) => error;
}

namespace HassSocket.Trpc;

/// <summary>A typed array of JavaScript. (An array of bytes is sent as a <c>Uint8Array</c>, too.)</summary>
/// <param name="Kind">Its constructor, such as <c>Float32Array</c>.</param>
/// <param name="Items">Its numbers.</param>
public sealed record JsTypedArray(string Kind, IReadOnlyList<double> Items)
{
    internal static readonly IReadOnlySet<string> Kinds = new HashSet<string>
    {
        "Int8Array", "Uint8Array", "Int16Array", "Uint16Array", "Int32Array", "Uint32Array", "Float32Array", "Float64Array", "Uint8ClampedArray",
    };
}

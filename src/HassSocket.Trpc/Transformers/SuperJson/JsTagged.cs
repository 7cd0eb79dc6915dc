using System.Text.Json;

namespace HassSocket.Trpc;

/// <summary>A value with a tag that is not known here, kept as it came.</summary>
/// <param name="Tag">The tag: a text such as <c>"Temporal"</c>, or an array such as <c>["class","Celsius"]</c>.</param>
/// <param name="Value">The value beneath it.</param>
public sealed record JsTagged(JsonElement Tag, object? Value);

using System.Text.Json;

namespace HassSocket.Tests.Shared.Peers;

/// <summary>A peer's action has failed.</summary>
/// <param name="error">What the action threw: <c>{name, message}</c> of an error object, else the bare value.</param>
internal sealed class PeerRefusedException(JsonElement error) : Exception(error.GetRawText())
{
    public JsonElement Error { get; } = error;
}

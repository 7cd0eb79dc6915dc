using System.Text.Json;

namespace HassSocket.Testing.Simulator;

/// <summary>What the real server's parser makes of a message.</summary>
internal static class ReceivedJson
{
    // The real server's parser goes much deeper than .NET's default of 64.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1000 };

    /// <summary>Reads a message; nothing when it is not JSON.</summary>
    public static JsonElement? Parse(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var document = JsonDocument.Parse(message, Options);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

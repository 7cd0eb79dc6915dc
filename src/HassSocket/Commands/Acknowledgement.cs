using System.Text.Json;

namespace HassSocket;

/// <summary>The server has done what it was asked, and has nothing to tell: <c>"result":null</c>.</summary>
public readonly record struct Acknowledgement
{
    internal static Acknowledgement Read(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return default;
    }
}

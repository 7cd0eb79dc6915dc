namespace HassSocket.Dialect;

/// <summary>A message of the server while we log in.</summary>
internal sealed class AuthMessage
{
    public string? Type { get; init; }

    public string? HaVersion { get; init; }

    public string? Message { get; init; }
}

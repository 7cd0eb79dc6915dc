namespace HassSocket.Live;

/// <summary>Something did not hold.</summary>
internal sealed class CheckFailedException(string message) : Exception(message);

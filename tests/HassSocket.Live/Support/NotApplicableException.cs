namespace HassSocket.Live;

/// <summary>The server said that it has nothing to check here.</summary>
internal sealed class NotApplicableException(string reason) : Exception(reason);

namespace HassSocket.Core.Tests.Support;

public sealed class RefusedException(string message) : CommandFailedException(message);

using System.Net;

namespace HassSocket.Testing.Simulator;

/// <summary>The upgrade of a socket in memory: nothing happens, unless a test wants it to fail.</summary>
internal static class MemoryUpgrade
{
    /// <summary>Fails as a real dial does.</summary>
    /// <exception cref="NotConnectedException">Nobody listens, or the upgrade is answered with another status.</exception>
    public static void Judge(UpgradeRequest request, bool isRefused, HttpStatusCode? status)
    {
        if (isRefused) throw new NotConnectedException($"Nothing listens at {request.Url}.", EndReason.Refused);
        if (status is { } answered)
            throw new NotConnectedException($"The upgrade was answered with {(int)answered}.", EndReason.HttpStatus) { HttpStatus = answered };
    }
}

namespace HassSocket.Transport;

/// <summary>Getting rid of a transport of somebody else's, which may throw.</summary>
internal static class TransportExtensions
{
    /// <summary>Aborts it; one that throws is left to itself, because whoever aborts has others to tell.</summary>
    public static void AbortQuietly(this ITransport transport)
    {
        try
        {
            transport.Abort();
        }
        catch (Exception)
        {
            // There is nothing left to do to it.
        }
    }

    /// <summary>Aborts and frees it, whatever it throws.</summary>
    public static async ValueTask DropAsync(this ITransport transport)
    {
        transport.AbortQuietly();
        try
        {
            await transport.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Why it is dropped is what counts, not how.
        }
    }
}

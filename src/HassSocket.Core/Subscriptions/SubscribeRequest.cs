using System.Buffers;
using HassSocket.Sessions;

namespace HassSocket.Subscriptions;

/// <summary>The request of a subscription as it is written to a session.</summary>
internal static class SubscribeRequest
{
    /// <summary>Encodes it; one that cannot be encoded is refused, and no other subscription has to do with that.</summary>
    /// <param name="route">The session that will serve it.</param>
    /// <param name="resumeToken">Behind which item the server can go on.</param>
    /// <param name="owner">Hears of the refusal, on the pool, because locks are held here.</param>
    /// <returns><see langword="null"/> when it is refused.</returns>
    public static CommandEnvelope? TryEncode(Route route, string? resumeToken, ISessionOwner owner)
    {
        var envelope = new CommandEnvelope(route.Subscription.Source.Name);
        try
        {
            if (resumeToken is null) envelope.Write(route.Subscription.Request.Span);
            else route.Subscription.Source.Encode(envelope, resumeToken);
            return envelope;
        }
        catch (Exception error)
        {
            envelope.ReturnBody();
            var refusal = new ProtocolViolationException($"'{envelope.Name}' could not be asked for again: {error.Message}", error) { Command = envelope.Name };
            ThreadPool.UnsafeQueueUserWorkItem(_ => owner.OnRefused(route, refusal), null);
            return null;
        }
    }
}

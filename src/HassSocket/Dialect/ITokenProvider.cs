using Microsoft.Extensions.Primitives;

namespace HassSocket;

/// <summary>Hands out access tokens, fresh ones where they expire.</summary>
/// <remarks>Asked by one attempt to connect at a time, but on any thread of the pool.</remarks>
public interface ITokenProvider
{
    /// <summary>Gives the token for the next attempt; called before each dial, so that no refresh eats into the server's ten seconds.</summary>
    /// <param name="request">Why it is asked for.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The token; space around it is ignored.</returns>
    ValueTask<string> GetTokenAsync(TokenRequest request, CancellationToken cancellationToken);

    /// <summary>Signals that another token may be there; it lifts a fault whose cause was a rejected token.</summary>
    /// <returns>A token that fires once, or <see langword="null"/> where nothing can tell.</returns>
    IChangeToken? GetChangeToken();
}

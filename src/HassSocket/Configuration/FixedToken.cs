using Microsoft.Extensions.Primitives;

namespace HassSocket.Configuration;

/// <summary>Gives one token for ever.</summary>
internal sealed class FixedToken(string token) : ITokenProvider
{
    public ValueTask<string> GetTokenAsync(TokenRequest request, CancellationToken cancellationToken) => new(TokenText.Trim(token));

    public IChangeToken? GetChangeToken() => null;
}

using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace HassSocket.Testing.Simulator;

/// <summary>Addresses that need no token for a while, because who has one signed them.</summary>
internal sealed class SignedPaths(House house)
{
    private const string Signature = "authSig";

    private readonly ConcurrentDictionary<string, (string Path, RefreshToken Login, DateTimeOffset ExpiresAt)> _signed = [];

    /// <summary>The path with a signature.</summary>
    public string Sign(string path, RefreshToken login, TimeSpan validFor)
    {
        var signature = TokenStore.NewToken();
        _signed[signature] = (path, login, house.Now + validFor);
        return $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Signature}={signature}";
    }

    /// <summary>Who signed what is asked for; <see langword="null"/> when nobody did, too long ago, or with a login that is gone.</summary>
    public SimulatedUser? Find(HttpRequest request)
    {
        if (request.Query[Signature].ToString() is not { Length: > 0 } signature || !_signed.TryGetValue(signature, out var signed)) return null;
        var others = request.Query.Where(pair => pair.Key != Signature).Select(pair => $"{pair.Key}={UrlEncoder.Default.Encode(pair.Value.ToString())}");
        var asked = string.Join('&', others) is { Length: > 0 } query ? $"{request.Path}?{query}" : request.Path.ToString();
        return asked == signed.Path && signed.ExpiresAt > house.Now && house.Tokens.Has(signed.Login) ? signed.Login.User : null;
    }
}

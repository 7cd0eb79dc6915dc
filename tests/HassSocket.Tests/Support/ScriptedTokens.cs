using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace HassSocket.Tests.Support;

/// <summary>A token provider in a test's hands.</summary>
internal sealed class ScriptedTokens(string token) : ITokenProvider
{
    private ConfigurationReloadToken _change = new();

    public string Token { get; set; } = token;

    public string? TokenAfterRejection { get; set; }

    public bool CanSignal { get; set; } = true;

    public List<TokenRequest> Requests { get; } = [];

    public ValueTask<string> GetTokenAsync(TokenRequest request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        return new(request.Rejected ? TokenAfterRejection ?? Token : Token);
    }

    public IChangeToken? GetChangeToken() => CanSignal ? _change : null;

    public void SignalChange() => Interlocked.Exchange(ref _change, new ConfigurationReloadToken()).OnReload();
}

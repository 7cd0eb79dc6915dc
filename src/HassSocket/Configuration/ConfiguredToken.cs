using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace HassSocket.Configuration;

/// <summary>Gives the token that the options hold now: a reload of the configuration brings a new one.</summary>
internal sealed partial class ConfiguredToken : ITokenProvider, IDisposable
{
    private readonly string _name;
    private readonly IOptionsMonitor<HassSocketOptions> _options;
    private readonly ILogger<ConfiguredToken> _logger;
    private readonly IDisposable? _registration;
    private string _token;
    private CancellationTokenSource _change = new();

    public ConfiguredToken(string name, IOptionsMonitor<HassSocketOptions> options, ILogger<ConfiguredToken> logger)
    {
        (_name, _options, _logger) = (name, options, logger);
        _token = Read(options.Get(name)) ?? "";
        _registration = options.OnChange(Changed);
    }

    public ValueTask<string> GetTokenAsync(TokenRequest request, CancellationToken cancellationToken)
    {
        try
        {
            Changed(_options.Get(_name), _name);
        }
        catch (OptionsValidationException error)
        {
            // The house ran with what was there before; a slip in the file, even in another option, must not cost it the next reconnect.
            LogInvalidReload(_logger, error.Message);
        }

        return new(Volatile.Read(ref _token));
    }

    public IChangeToken GetChangeToken() => new CancellationChangeToken(Volatile.Read(ref _change).Token);

    public void Dispose() => _registration?.Dispose();

    private static string? Read(HassSocketOptions options) => options.Token is null ? null : TokenText.Trim(options.Token);

    private void Changed(HassSocketOptions options, string? name)
    {
        if (name != _name || Read(options) is not { } token || Interlocked.Exchange(ref _token, token) == token) return;
        // Not disposed: a reader may have taken it without having registered yet, and it holds no timer.
        Interlocked.Exchange(ref _change, new CancellationTokenSource()).Cancel();
    }

    [LoggerMessage(703, LogLevel.Warning, "The changed configuration is not valid, so the token from before it is used. {Problems}")]
    private static partial void LogInvalidReload(ILogger logger, string problems);
}

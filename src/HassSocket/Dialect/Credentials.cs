using HassSocket.Configuration;
using Microsoft.Extensions.Primitives;

namespace HassSocket.Dialect;

/// <summary>Asks the token provider, remembers what the server was told, and notices when there is something else to tell.</summary>
internal sealed class Credentials(ITokenProvider provider)
{
    private string? _used;
    private string? _renewed;
    private IChangeToken? _change;

    /// <summary>The token for the next attempt.</summary>
    /// <exception cref="AuthenticationRejectedException">No server would take it; the message says why, without the token.</exception>
    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        // Watched from before the question, so that no change between the two is missed.
        _change = provider.GetChangeToken();
        var token = _renewed ?? await AskAsync(rejected: false, cancellationToken).ConfigureAwait(false);
        _renewed = null;
        _used = token;
        return TokenText.Check(token) is { } problem ? throw new AuthenticationRejectedException(problem) : token;
    }

    /// <summary>Asks once more after a rejection.</summary>
    /// <returns>Whether there is a different token now.</returns>
    public async ValueTask<bool> RenewAsync(CancellationToken cancellationToken)
    {
        var token = await AskAsync(rejected: true, cancellationToken).ConfigureAwait(false);
        if (token == _used) return false;
        _renewed = token;
        return true;
    }

    /// <summary>Completes when the provider says that something changed and the token is then another one.</summary>
    public async Task ChangedAsync(CancellationToken cancellationToken)
    {
        var change = _change ?? provider.GetChangeToken();
        do
        {
            await FiresAsync(change, cancellationToken).ConfigureAwait(false);
            change = provider.GetChangeToken();
        }
        while (change is { HasChanged: false } && await IsSameAsync(cancellationToken).ConfigureAwait(false));
    }

    private async ValueTask<string> AskAsync(bool rejected, CancellationToken cancellationToken)
    {
        var token = await provider.GetTokenAsync(new TokenRequest { Rejected = rejected }, cancellationToken).ConfigureAwait(false);
        return TokenText.Trim(token ?? "");
    }

    private async ValueTask<bool> IsSameAsync(CancellationToken cancellationToken)
    {
        try
        {
            // A reload that changed something else must not bring the rejected token before the server again: it counts them.
            return await AskAsync(rejected: false, cancellationToken).ConfigureAwait(false) == _used;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static async Task FiresAsync(IChangeToken? change, CancellationToken cancellationToken)
    {
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = change?.RegisterChangeCallback(static state => ((TaskCompletionSource)state!).TrySetResult(), fired);
        if (change is { HasChanged: true }) return;
        await fired.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}

using System.Security.Cryptography;

namespace HassSocket.Testing.Simulator;

/// <summary>All tokens that open the house, by the clock of the house.</summary>
internal sealed class TokenStore(TimeProvider time)
{
    public static readonly TimeSpan AccessFor = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan CodeFor = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly List<RefreshToken> _logins = [];
    private readonly Dictionary<string, (RefreshToken Login, DateTimeOffset ExpiresAt)> _access = [];
    private readonly Dictionary<string, (SimulatedUser User, string ClientId, DateTimeOffset ExpiresAt)> _codes = [];

    private DateTimeOffset Now => IsoTime.WholeMicroseconds(time.GetUtcNow());

    /// <summary>A login in a browser or an application.</summary>
    public RefreshToken AddLogin(SimulatedUser user, string clientId, string? ip = null)
        => Add(new RefreshToken(user, Now) { ClientId = clientId, Expires = true, LastUsedIp = ip });

    /// <summary>A token that is its own login.</summary>
    public void AddLongLived(SimulatedUser user, string token, string? clientName = null, string? clientIcon = null, TimeSpan? validFor = null)
    {
        var login = new RefreshToken(user, Now) { Type = RefreshToken.LongLived, ClientName = clientName, ClientIcon = clientIcon };
        lock (_gate)
        {
            _logins.Add(login);
            _access.Add(token, (login, validFor is { } span ? Now + span : DateTimeOffset.MaxValue));
        }
    }

    /// <summary>Another access token of a login.</summary>
    public string Issue(RefreshToken login, string? ip = null)
    {
        var token = NewToken();
        lock (_gate)
        {
            (login.LastUsedAt, login.LastUsedIp) = (Now, ip ?? login.LastUsedIp);
            _access.Add(token, (login, Now + AccessFor));
        }

        return token;
    }

    /// <summary>A code that is good for one login within ten minutes.</summary>
    public string GrantCode(SimulatedUser user, string clientId)
    {
        var code = Guid.NewGuid().ToString("N");
        lock (_gate) _codes.Add(code, (user, clientId, Now + CodeFor));
        return code;
    }

    public SimulatedUser? RedeemCode(string code, string clientId)
    {
        lock (_gate) return _codes.Remove(code, out var granted) && granted.ClientId == clientId && granted.ExpiresAt > Now ? granted.User : null;
    }

    public RefreshToken? FindByAccessToken(string? token)
    {
        lock (_gate) return token is not null && _access.TryGetValue(token, out var access) && access.ExpiresAt > Now ? access.Login : null;
    }

    public RefreshToken? FindBySecret(string? secret)
    {
        lock (_gate) return _logins.Find(login => login.Type != RefreshToken.LongLived && login.Secret == secret && !(login.ExpiresAt <= Now));
    }

    public IReadOnlyList<RefreshToken> Of(SimulatedUser user)
    {
        lock (_gate) return [.. _logins.Where(login => login.User == user)];
    }

    public bool Has(RefreshToken login)
    {
        lock (_gate) return _logins.Contains(login);
    }

    /// <summary>Deletes a login with all its access tokens.</summary>
    public void Remove(RefreshToken login)
    {
        lock (_gate)
        {
            _logins.Remove(login);
            foreach (var (token, _) in _access.Where(access => access.Value.Login == login).ToArray()) _access.Remove(token);
        }
    }

    public static string NewToken() => RandomNumberGenerator.GetHexString(64, lowercase: true);

    private RefreshToken Add(RefreshToken login)
    {
        lock (_gate) _logins.Add(login);
        return login;
    }
}

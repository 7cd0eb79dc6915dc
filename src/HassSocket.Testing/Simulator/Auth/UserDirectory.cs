namespace HassSocket.Testing.Simulator;

/// <summary>Who may enter, and with which token.</summary>
internal sealed class UserDirectory
{
    private readonly Dictionary<string, SimulatedUser> _byToken = [];

    public SimulatedUser Add(string name, bool isOwner = false, bool isAdmin = false, bool isReadOnly = false)
    {
        var user = new SimulatedUser(Guid.NewGuid().ToString("N"), name, $"{name.ToLowerInvariant()}-token-{Guid.NewGuid():N}")
        {
            IsOwner = isOwner,
            IsAdmin = isAdmin || isOwner,
            IsReadOnly = isReadOnly,
        };
        lock (_byToken) _byToken.Add(user.Token, user);
        return user;
    }

    public SimulatedUser? FindByToken(string? token)
    {
        lock (_byToken) return token is null ? null : _byToken.GetValueOrDefault(token);
    }

    public bool Revoke(string token)
    {
        lock (_byToken) return _byToken.Remove(token);
    }
}

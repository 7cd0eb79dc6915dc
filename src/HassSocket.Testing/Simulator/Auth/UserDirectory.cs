namespace HassSocket.Testing.Simulator;

/// <summary>Who may enter.</summary>
internal sealed class UserDirectory(TokenStore tokens)
{
    private readonly Lock _gate = new();
    private readonly List<SimulatedUser> _users = [];

    public IReadOnlyList<SimulatedUser> All
    {
        get
        {
            lock (_gate) return [.. _users];
        }
    }

    /// <summary>Adds somebody with a token for good.</summary>
    public SimulatedUser Add(string name, bool isOwner = false, bool isAdmin = false, bool isReadOnly = false)
    {
        var user = new SimulatedUser(Guid.NewGuid().ToString("N"), name, $"{name.ToLowerInvariant()}-token-{Guid.NewGuid():N}")
        {
            IsOwner = isOwner,
            IsAdmin = isAdmin || isOwner,
            IsReadOnly = isReadOnly,
        };
        lock (_gate) _users.Add(user);
        tokens.AddLongLived(user, user.Token, "test");
        return user;
    }
}

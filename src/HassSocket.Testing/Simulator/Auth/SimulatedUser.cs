namespace HassSocket.Testing;

/// <summary>Somebody who may enter the house, with a token.</summary>
/// <param name="Id">32 hexadecimal digits, as they stand in contexts.</param>
/// <param name="Name">What <c>auth/current_user</c> calls them.</param>
/// <param name="Token">The access token; valid until <see cref="HomeAssistantSimulator.RevokeToken"/>.</param>
public sealed record SimulatedUser(string Id, string Name, string Token)
{
    /// <summary>Whether they own the house.</summary>
    public bool IsOwner { get; init; }

    /// <summary>Whether they may use the commands that need an administrator.</summary>
    public bool IsAdmin { get; init; }

    /// <summary>Whether they may only look.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>The name alone: a token is never shown.</summary>
    public override string ToString() => $"{nameof(SimulatedUser)} {Name}";
}

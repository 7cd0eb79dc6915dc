namespace HassSocket.Testing;

/// <summary>What a browser or an application holds after somebody logged in with it.</summary>
/// <param name="AccessToken">Opens connections for 30 minutes by the clock of the house.</param>
/// <param name="RefreshToken">Brings new access tokens from <c>/auth/token</c>, and ends the login at <c>/auth/revoke</c>.</param>
/// <param name="ClientId">The address of the application, which has to be shown with the refresh token.</param>
/// <param name="ExpiresAt">When the access token ends.</param>
public sealed record SimulatedLogin(string AccessToken, string RefreshToken, string ClientId, DateTimeOffset ExpiresAt)
{
    /// <summary>The client and the end alone: a token is never shown.</summary>
    public override string ToString() => $"{nameof(SimulatedLogin)} of {ClientId} until {ExpiresAt:O}";
}

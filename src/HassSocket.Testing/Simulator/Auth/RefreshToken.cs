using System.Security.Cryptography;

namespace HassSocket.Testing.Simulator;

/// <summary>What one login leaves behind: the right to access tokens, until it is deleted.</summary>
internal sealed class RefreshToken(SimulatedUser user, DateTimeOffset createdAt)
{
    public const string LongLived = "long_lived_access_token";

    private static readonly TimeSpan UnusedFor = TimeSpan.FromDays(90);

    public SimulatedUser User => user;

    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>What a client shows to get another access token.</summary>
    public string Secret { get; } = RandomNumberGenerator.GetHexString(128, lowercase: true);

    public string Type { get; init; } = "normal";

    public string? ClientId { get; init; }

    public string? ClientName { get; init; }

    public string? ClientIcon { get; init; }

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset LastUsedAt { get; set; } = createdAt;

    public string? LastUsedIp { get; set; }

    /// <summary>Whether it dies when it is not used for 90 days.</summary>
    public bool Expires { get; set; }

    public DateTimeOffset? ExpiresAt => Expires ? LastUsedAt + UnusedFor : null;
}

namespace HassSocket;

/// <summary>What one attempt to connect asks for: the address, and what goes with the upgrade.</summary>
/// <param name="Url">The absolute <c>ws</c> or <c>wss</c> address.</param>
public sealed record UpgradeRequest(Uri Url)
{
    /// <summary>Headers of the upgrade request, cookies included.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>How the server's certificate is judged, and ours shown.</summary>
    /// <value>Default: <see langword="null"/>, the rules of the operating system.</value>
    public TlsOptions? Tls { get; init; }

    /// <summary>Whether <c>permessage-deflate</c> is offered.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool Compression { get; init; }

    /// <summary>The address without its query, which may hold a secret, as headers may.</summary>
    public override string ToString() => Url.GetLeftPart(UriPartial.Path);
}

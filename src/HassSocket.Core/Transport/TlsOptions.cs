using System.Security.Cryptography.X509Certificates;

namespace HassSocket;

/// <summary>How a <c>wss</c> server is trusted, and with which certificate we introduce ourselves.</summary>
public sealed class TlsOptions
{
    /// <summary>Certificate authorities that are trusted besides those of the operating system.</summary>
    /// <value>Default: empty.</value>
    public X509Certificate2Collection ExtraAuthorities { get; } = [];

    /// <summary>SHA-256 of the server's public key (SubjectPublicKeyInfo), in base64; the server must own one of them.</summary>
    /// <value>Default: empty, nothing is pinned.</value>
    /// <remarks>
    /// A pinned key is trusted whoever signed its certificate, and whatever name and dates that carries: the server proves that it
    /// owns the key. Once a key is pinned, nothing else is trusted. A refusal tells the key that the server showed.
    /// </remarks>
    public IList<string> PinnedPublicKeys { get; } = [];

    /// <summary>The certificate, with its private key, that is shown to a server that asks for one.</summary>
    /// <value>Default: <see langword="null"/>, none.</value>
    public X509Certificate2? ClientCertificate { get; set; }

    /// <summary>Accepts any certificate of anyone: whoever sits on the line can read the token.</summary>
    /// <value>Default: <see langword="false"/>. Setting it writes a warning at every connection.</value>
    public bool DangerouslyAcceptAnyCertificate { get; set; }

    internal TlsOptions Copy()
    {
        var copy = new TlsOptions { ClientCertificate = ClientCertificate, DangerouslyAcceptAnyCertificate = DangerouslyAcceptAnyCertificate };
        copy.ExtraAuthorities.AddRange(ExtraAuthorities);
        foreach (var key in PinnedPublicKeys) copy.PinnedPublicKeys.Add(key);
        return copy;
    }
}

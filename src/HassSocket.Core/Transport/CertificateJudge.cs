using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HassSocket.Transport;

/// <summary>Decides whether the certificate of a server is trusted, and keeps in words why not.</summary>
/// <remarks>
/// A pinned key is trusted whoever signed its certificate, whatever name and dates it carries: the server proves in the TLS
/// handshake that it owns the key, and that tells more than a name does. Once keys are pinned, nothing else is trusted.
/// Extra authorities replace only the question who signed; name and dates must still be right.
/// </remarks>
internal sealed class CertificateJudge
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private readonly TlsOptions _options;
    private readonly string _host;

    /// <summary>Creates a judge for one attempt to connect.</summary>
    /// <param name="options">Whom to trust.</param>
    /// <param name="host">Whom we want to talk to.</param>
    public CertificateJudge(TlsOptions options, string host)
    {
        _options = options;
        _host = host;
    }

    public bool AcceptsAnything => _options.DangerouslyAcceptAnyCertificate;

    /// <summary>Why the certificate was not trusted, in a sentence; <see langword="null"/> when it was, or none has been seen.</summary>
    public string? Problem { get; private set; }

    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (AcceptsAnything) return true;
        Problem = certificate is X509Certificate2 theirs ? Examine(theirs, chain, errors) : "it showed no certificate";
        return Problem is null;
    }

    private string? Examine(X509Certificate2 theirs, X509Chain? chain, SslPolicyErrors errors)
    {
        var key = Convert.ToBase64String(SHA256.HashData(theirs.PublicKey.ExportSubjectPublicKeyInfo()));
        if (_options.PinnedPublicKeys.Count > 0)
        {
            return _options.PinnedPublicKeys.Any(pin => pin.Trim() == key)
                ? null
                : $"the SHA-256 of its public key is {key}, which is none of TlsOptions.PinnedPublicKeys";
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) return DescribeNames(theirs, key);
        if (errors == SslPolicyErrors.None) return null;
        if (_options.ExtraAuthorities.Count == 0) return DescribeChain(theirs, chain, key);

        using var ours = ChainToExtraAuthorities(chain);
        return ours.Build(theirs) ? null : DescribeChain(theirs, ours, key);
    }

    private X509Chain ChainToExtraAuthorities(X509Chain? theirs)
    {
        var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_options.ExtraAuthorities);
        // Private authorities rarely publish revocation lists; the platform does not ask for any by default either.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (theirs is not null) chain.ChainPolicy.ExtraStore.AddRange(theirs.ChainPolicy.ExtraStore);
        return chain;
    }

    private string DescribeNames(X509Certificate2 theirs, string key)
    {
        var names = theirs.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(e => e.EnumerateDnsNames().Concat(e.EnumerateIPAddresses().Select(a => a.ToString())))
            .Take(10).DefaultIfEmpty(theirs.Subject);
        return $"its certificate is for {string.Join(", ", names)}, not for {_host}. Use a name that it is for, " +
               $"or, if it is your server's, add its key \"{key}\" to TlsOptions.PinnedPublicKeys";
    }

    private static string DescribeChain(X509Certificate2 theirs, X509Chain? chain, string key)
    {
        var status = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, s) => all | s.Status) ?? X509ChainStatusFlags.NoError;
        if (status.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            return $"a certificate of its chain is out of date (its own is valid from {theirs.NotBefore.ToUniversalTime():yyyy-MM-dd} to " +
                   $"{theirs.NotAfter.ToUniversalTime():yyyy-MM-dd}). Renew it, or set the clock of this machine";
        }

        return $"its certificate (of {theirs.Issuer}) is not signed by anyone that this machine trusts ({status}). " +
               $"If it is your server's, add its authority to TlsOptions.ExtraAuthorities, " +
               $"or its key \"{key}\" to TlsOptions.PinnedPublicKeys";
    }
}

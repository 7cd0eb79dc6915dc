namespace HassSocket.Trpc;

/// <summary>One attempt to connect, as <see cref="TrpcClientOptions.OnDialing"/> may still change it; holds secrets, so its text is only the address.</summary>
public sealed class TrpcDial
{
    internal TrpcDial(TrpcClientOptions options)
    {
        Url = options.Url!;
        Headers = new Dictionary<string, string>(options.Headers, StringComparer.OrdinalIgnoreCase);
        Cookies = new Dictionary<string, string>(options.Cookies);
        ConnectionParams = options.ConnectionParams is null ? null : new Dictionary<string, string>(options.ConnectionParams);
    }

    /// <summary>The address, as in <see cref="TrpcClientOptions.Url"/>.</summary>
    public string Url { get; set; }

    /// <summary>Headers of the upgrade request.</summary>
    public IDictionary<string, string> Headers { get; }

    /// <summary>Cookies of the upgrade request.</summary>
    public IDictionary<string, string> Cookies { get; }

    /// <summary>What the first message tells the server; <see langword="null"/> for no such message.</summary>
    public IDictionary<string, string>? ConnectionParams { get; set; }

    /// <summary>The address without query and user info.</summary>
    public override string ToString() => Uri.TryCreate(Url, UriKind.Absolute, out var url) ? url.GetLeftPart(UriPartial.Path) : "";
}

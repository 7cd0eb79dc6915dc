using System.Text.Json;
using HassSocket.Trpc.Dialect;

namespace HassSocket.Trpc;

/// <summary>Which tRPC server to talk to, and how the client behaves.</summary>
/// <remarks>Set <see cref="Url"/>; everything else has a default. Validated and copied when the client is made: later changes have no effect.</remarks>
public sealed class TrpcClientOptions : ConnectionOptions
{
    /// <summary>The address of the server, with path and query as the server wants them.</summary>
    /// <value>Required. <c>ws</c> and <c>wss</c>; <c>http</c> and <c>https</c> are taken for them.</value>
    public string? Url { get; set; }

    /// <summary>Headers of the upgrade request.</summary>
    /// <value>Default: none.</value>
    public IDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>();

    /// <summary>Cookies of the upgrade request, by name, such as Homarr's <c>homarr.session-token</c>.</summary>
    /// <value>Default: none.</value>
    public IDictionary<string, string> Cookies { get; set; } = new Dictionary<string, string>();

    /// <summary>What the first message tells the server, for those that take credentials there (from tRPC 11 on).</summary>
    /// <value>
    /// Default: <see langword="null"/>, no such message. Otherwise <c>connectionParams=1</c> is added to the address, and
    /// <c>{"method":"connectionParams","data":{…}}</c> is the first message; an empty dictionary is sent too.
    /// </value>
    public IDictionary<string, string>? ConnectionParams { get; set; }

    /// <summary>Called before each attempt to connect: may fetch a fresh cookie or token, or another address.</summary>
    /// <value>Default: <see langword="null"/>. What it throws counts as a failed attempt.</value>
    public Func<TrpcDial, CancellationToken, ValueTask>? OnDialing { get; set; }

    /// <summary>How values travel; must be the one that the server uses.</summary>
    /// <value>Default: <see cref="TrpcTransformer.Json"/>, no transformer.</value>
    public TrpcTransformer Transformer { get; set; } = TrpcTransformer.Json;

    /// <summary>How the members that need reflection read and write models.</summary>
    /// <value>Default: <see langword="null"/>, <see cref="JsonSerializerDefaults.Web"/>; with superjson also NaN, the infinities and <see cref="System.Numerics.BigInteger"/>. Members with a <c>JsonTypeInfo</c> do not use it.</value>
    public JsonSerializerOptions? SerializerOptions { get; set; }

    /// <summary>How long <c>TrpcClient.ConnectAsync</c> tries before it gives up.</summary>
    /// <value>Default: 30 s; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</value>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public override IEnumerable<string> Validate() => base.Validate().Concat(TrpcClientOptionsRules.Check(this));

    /// <summary>Copies options that keep the rules.</summary>
    /// <exception cref="ArgumentException">They break some; each is told.</exception>
    internal TrpcClientOptions ValidSnapshot()
    {
        var copy = (TrpcClientOptions)Copy();
        var problems = copy.Validate().ToArray();
        if (problems.Length > 0) throw new ArgumentException(string.Join(Environment.NewLine, problems), "options");
        copy.Headers = new Dictionary<string, string>(Headers);
        copy.Cookies = new Dictionary<string, string>(Cookies);
        if (ConnectionParams is not null) copy.ConnectionParams = new Dictionary<string, string>(ConnectionParams);
        return copy;
    }
}

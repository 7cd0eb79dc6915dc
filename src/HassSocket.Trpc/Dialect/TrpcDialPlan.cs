using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HassSocket.Trpc.Dialect;

/// <summary>One attempt: the upgrade, and perhaps a first message; the server answers neither.</summary>
internal sealed class TrpcDialPlan : DialPlan
{
    private readonly ReadOnlyMemory<byte> _firstMessage;

    /// <summary>Makes the plan.</summary>
    /// <exception cref="ArgumentException">What the attempt was changed into breaks the rules; the message says how.</exception>
    public TrpcDialPlan(TrpcDial dial, TrpcClientOptions options)
    {
        var problems = TrpcClientOptionsRules.Check(dial.Url, dial.Headers, dial.Cookies, dial.ConnectionParams).ToArray();
        if (problems.Length > 0) throw new ArgumentException(string.Join(Environment.NewLine, problems), nameof(dial));
        var cookies = dial.Cookies.Select(cookie => KeyValuePair.Create("Cookie", $"{cookie.Key}={cookie.Value}"));
        Upgrade = new UpgradeRequest(UrlOf(dial))
        {
            Headers = [.. dial.Headers, .. cookies],
            Tls = options.Tls,
            Compression = options.Compression,
        };
        if (dial.ConnectionParams is { } told) _firstMessage = Encode(told);
    }

    public override UpgradeRequest Upgrade { get; }

    public override HandshakeStep Begin() => new() { Send = _firstMessage, IsDone = true };

    public override HandshakeStep Next(in ReadOnlySequence<byte> message) => throw new NotSupportedException("There is nothing to wait for.");

    private static Uri UrlOf(TrpcDial dial)
    {
        var url = new UriBuilder(dial.Url);
        url.Scheme = url.Scheme is "https" or "wss" ? "wss" : "ws";
        if (url.Uri.IsDefaultPort) url.Port = -1;
        if (dial.ConnectionParams is not null) url.Query = url.Query.Length > 1 ? $"{url.Query[1..]}&connectionParams=1" : "connectionParams=1";
        return url.Uri;
    }

    private static byte[] Encode(IDictionary<string, string> told)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        writer.WriteString("method"u8, "connectionParams"u8);
        writer.WriteStartObject("data"u8);
        foreach (var (name, value) in told) writer.WriteString(name, value);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}

using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using HassSocket.Configuration;

namespace HassSocket.Dialect;

/// <summary>One attempt: the upgrade, then <c>auth_required</c>, our <c>auth</c>, and <c>auth_ok</c> or <c>auth_invalid</c>.</summary>
internal sealed class HomeAssistantDialPlan(UpgradeRequest upgrade, string token, bool isSupervisorProxy) : DialPlan
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private bool _isAuthSent;
    private string? _version;

    public override UpgradeRequest Upgrade => upgrade;

    public override HandshakeStep Begin() => HandshakeStep.Expect;

    public override HandshakeStep Next(in ReadOnlySequence<byte> message)
    {
        var said = Read(message);
        _version = said.HaVersion ?? _version;
        return said.Type switch
        {
            "auth_required" when !_isAuthSent => Authenticate(),
            // The server speaks first like this where the line itself proves who we are.
            "auth_ok" => HandshakeStep.Done(_version),
            "auth_invalid" => HandshakeStep.Rejected(new AuthenticationRejectedException(Rejection(said.Message))),
            _ => throw new ProtocolViolationException(
                $"The server did not say {(_isAuthSent ? "auth_ok or auth_invalid" : "auth_required")} as Home Assistant does at this point. " +
                "Is another service behind this address, or a proxy in between?"),
        };
    }

    private HandshakeStep Authenticate()
    {
        _isAuthSent = true;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            // The server takes these two members and no others.
            writer.WriteStartObject();
            writer.WriteString("type"u8, "auth"u8);
            writer.WriteString("access_token"u8, token);
            writer.WriteEndObject();
        }

        return HandshakeStep.SendThenExpect(buffer.WrittenMemory);
    }

    private string Rejection(string? message)
    {
        // Whatever listens there has heard the token, and may repeat it; a log must not.
        var isMute = string.IsNullOrWhiteSpace(message) || message.Contains(token, StringComparison.OrdinalIgnoreCase);
        var said = isMute ? "Home Assistant rejected the token." : $"Home Assistant rejected the token: \"{message!.Trim()}\".";
        if (isSupervisorProxy)
        {
            return $"{said} An add-on uses the value of SUPERVISOR_TOKEN as it is at this start, " +
                   "and has \"homeassistant_api: true\" in its configuration; tokens of users do not work here.";
        }

        var kind = TokenText.LooksLikeToken(token)
            ? "It was revoked, has expired, belongs to another installation, or to a user who is deactivated or may only log in from the local network."
            : "It does not look like an access token (three parts with dots between them, the first beginning with eyJ); a password or a refresh token does not work.";
        return $"{said} {kind} Make a long-lived access token on the Security tab of your Home Assistant profile. " +
               "It is not tried again, because Home Assistant can ban a host that keeps trying.";
    }

    private static AuthMessage Read(in ReadOnlySequence<byte> message)
    {
        try
        {
            var reader = JsonScan.StartReading(message);
            return JsonSerializer.Deserialize(ref reader, HassJson.Default.AuthMessage) ?? new();
        }
        catch (JsonException)
        {
            return new();
        }
    }
}

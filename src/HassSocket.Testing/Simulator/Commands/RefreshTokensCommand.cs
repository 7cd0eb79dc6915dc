using System.Text.Json;

namespace HassSocket.Testing.Simulator;

/// <summary>The logins of the user who asks.</summary>
internal sealed class RefreshTokensCommand : ICommandHandler
{
    public string Type => "auth/refresh_tokens";

    public Schema? Schema => Schema.Nothing;

    public void Handle(CommandRequest request) => request.Result(writer =>
    {
        writer.WriteStartArray();
        foreach (var login in request.House.Tokens.Of(request.User)) Write(writer, login, login == request.Connection.Login);
        writer.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter writer, RefreshToken login, bool isCurrent)
    {
        writer.WriteStartObject();
        writer.WriteString("auth_provider_type", login.Type == RefreshToken.LongLived ? null : "homeassistant");
        writer.WriteString("client_icon", login.ClientIcon);
        writer.WriteString("client_id", login.ClientId);
        writer.WriteString("client_name", login.ClientName);
        writer.WriteString("created_at", IsoTime.Of(login.CreatedAt));
        writer.WriteString("expire_at", login.ExpiresAt is { } end ? IsoTime.Of(end) : null);
        writer.WriteString("id", login.Id);
        writer.WriteBoolean("is_current", isCurrent);
        writer.WriteString("last_used_at", IsoTime.Of(login.LastUsedAt));
        writer.WriteString("last_used_ip", login.LastUsedIp);
        writer.WriteString("type", login.Type);
        writer.WriteEndObject();
    }
}

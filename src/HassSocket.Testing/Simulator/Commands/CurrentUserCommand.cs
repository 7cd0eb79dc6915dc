namespace HassSocket.Testing.Simulator;

/// <summary>Who is logged in.</summary>
internal sealed class CurrentUserCommand : ICommandHandler
{
    public string Type => "auth/current_user";

    public Schema? Schema => Schema.Nothing;

    public void Handle(CommandRequest request) => request.Result(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("id", request.User.Id);
        writer.WriteString("name", request.User.Name);
        writer.WriteBoolean("is_owner", request.User.IsOwner);
        writer.WriteBoolean("is_admin", request.User.IsAdmin);
        writer.WriteStartArray("credentials");
        writer.WriteStartObject();
        writer.WriteString("auth_provider_type", "homeassistant");
        writer.WriteNull("auth_provider_id");
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteStartArray("mfa_modules");
        writer.WriteStartObject();
        writer.WriteString("id", "totp");
        writer.WriteString("name", "Authenticator app");
        writer.WriteBoolean("enabled", false);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}

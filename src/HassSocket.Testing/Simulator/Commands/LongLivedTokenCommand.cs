using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Makes a token that needs no refreshing.</summary>
internal sealed class LongLivedTokenCommand : ICommandHandler
{
    public string Type => "auth/long_lived_access_token";

    public Schema? Schema { get; } = new(
        Field.Required("lifespan", Checks.Integer),
        Field.Required("client_name", Checks.Text),
        Field.Optional("client_icon", Checks.Text));

    public void Handle(CommandRequest request)
    {
        var (tokens, name) = (request.House.Tokens, request.Text("client_name"));
        if (tokens.Of(request.User).Any(login => login.Type == RefreshToken.LongLived && login.ClientName == name))
            throw Errors.Unknown;

        var token = TokenStore.NewToken();
        tokens.AddLongLived(request.User, token, name, request.Text("client_icon"), TimeSpan.FromDays(request["lifespan"]!.Value.GetInt32()));
        request.Result(JsonValue.Create(token));
    }
}

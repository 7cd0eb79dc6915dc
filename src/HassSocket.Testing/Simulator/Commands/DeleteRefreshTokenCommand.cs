using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Ends one login; the connections that were opened with it are closed.</summary>
internal sealed class DeleteRefreshTokenCommand : ICommandHandler
{
    public string Type => "auth/delete_refresh_token";

    public Schema? Schema { get; } = new(Field.Required("refresh_token_id", Checks.Text));

    public void Handle(CommandRequest request)
    {
        var id = request.Text("refresh_token_id");
        var login = request.House.Tokens.Of(request.User).FirstOrDefault(login => login.Id == id) ?? throw Errors.InvalidToken;
        request.House.EndLogin(login);
        request.Result(new JsonObject());
    }
}

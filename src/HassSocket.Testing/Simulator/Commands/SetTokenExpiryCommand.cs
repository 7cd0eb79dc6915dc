using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Says whether a login ends when it is not used.</summary>
internal sealed class SetTokenExpiryCommand : ICommandHandler
{
    public string Type => "auth/refresh_token_set_expiry";

    public Schema? Schema { get; } = new(Field.Required("enable_expiry", Checks.Bool), Field.Required("refresh_token_id", Checks.Text));

    public void Handle(CommandRequest request)
    {
        var id = request.Text("refresh_token_id");
        var login = request.House.Tokens.Of(request.User).FirstOrDefault(login => login.Id == id) ?? throw Errors.InvalidToken;
        login.Expires = request["enable_expiry"]!.Value.GetBoolean();
        request.Result(new JsonObject());
    }
}

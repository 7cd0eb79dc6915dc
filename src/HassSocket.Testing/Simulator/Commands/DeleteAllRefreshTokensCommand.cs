using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Ends all logins of the user, or those of one type; the own one goes last, when its answer has left.</summary>
internal sealed class DeleteAllRefreshTokensCommand : ICommandHandler
{
    private static readonly TimeSpan OwnAfter = TimeSpan.FromSeconds(2);

    public string Type => "auth/delete_all_refresh_tokens";

    public Schema? Schema { get; } = new(Field.Optional("token_type", Checks.Text), Field.Optional("delete_current_token", Checks.Bool));

    public void Handle(CommandRequest request)
    {
        var (house, own) = (request.House, request.Connection.Login!);
        var type = request.Text("token_type");
        var logins = house.Tokens.Of(request.User).Where(login => type is null || login.Type == type).ToArray();
        foreach (var login in logins.Where(login => login != own)) house.EndLogin(login);
        request.Result(new JsonObject());
        if (request["delete_current_token"]?.GetBoolean() != false && logins.Contains(own)) house.After(OwnAfter, () => house.EndLogin(own));
    }
}

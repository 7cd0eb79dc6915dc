using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Signs an address, so that it can be asked for without a token.</summary>
internal sealed class SignPathCommand : ICommandHandler
{
    private const int DefaultSeconds = 30;

    public string Type => "auth/sign_path";

    public Schema? Schema { get; } = new(Field.Required("path", Checks.Text), Field.Optional("expires", Checks.Integer));

    public void Handle(CommandRequest request)
    {
        var validFor = TimeSpan.FromSeconds(request["expires"]?.GetInt32() ?? DefaultSeconds);
        var path = request.House.SignedPaths.Sign(request.Text("path")!, request.Connection.Login!, validFor);
        request.Result(new JsonObject { ["path"] = path });
    }
}

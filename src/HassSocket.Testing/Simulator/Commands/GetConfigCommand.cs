namespace HassSocket.Testing.Simulator;

/// <summary>What the house says about itself.</summary>
internal sealed class GetConfigCommand : ICommandHandler
{
    public string Type => "get_config";

    public Schema? Schema => Schema.Nothing;

    public void Handle(CommandRequest request) => request.Result(request.House.Config);
}

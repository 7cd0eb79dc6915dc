namespace HassSocket.Testing.Simulator;

/// <summary>Proves that the line is alive.</summary>
internal sealed class PingCommand : ICommandHandler
{
    public string Type => "ping";

    public Schema? Schema => Schema.Nothing;

    public void Handle(CommandRequest request) => request.Pong();
}

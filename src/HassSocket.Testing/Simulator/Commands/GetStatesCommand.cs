namespace HassSocket.Testing.Simulator;

/// <summary>All states in their long form.</summary>
internal sealed class GetStatesCommand : ICommandHandler
{
    public string Type => "get_states";

    public Schema? Schema => Schema.Nothing;

    public void Handle(CommandRequest request) => request.Result(writer => writer.WriteStates(request.House.States.All));
}

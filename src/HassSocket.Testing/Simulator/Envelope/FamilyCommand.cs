namespace HassSocket.Testing.Simulator;

/// <summary>One command of a family whose members share a handler class.</summary>
internal sealed class FamilyCommand(string type, Action<CommandRequest> handle, params Field[] fields) : ICommandHandler
{
    public string Type => type;

    public Schema? Schema { get; } = new(fields);

    public bool NeedsAdmin { get; init; }

    public void Handle(CommandRequest request) => handle(request);
}

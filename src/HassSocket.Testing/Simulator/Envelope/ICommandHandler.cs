namespace HassSocket.Testing.Simulator;

/// <summary>Answers one type of command.</summary>
internal interface ICommandHandler
{
    /// <summary>The type on the wire.</summary>
    string Type { get; }

    /// <summary>The fields besides <c>id</c> and <c>type</c>; <see langword="null"/> takes any.</summary>
    Schema? Schema { get; }

    /// <summary>Whether only administrators may ask.</summary>
    bool NeedsAdmin => false;

    /// <summary>Answers, now or later; a <see cref="SimulatedErrorException"/> is answered as an error.</summary>
    void Handle(CommandRequest request);
}

namespace HassSocket.Testing.Simulator;

/// <summary>Whoever speaks over a <see cref="ServerLine"/>; called within a piece of work.</summary>
internal interface ILineOwner
{
    /// <summary>Takes a message of the client.</summary>
    void Take(ServerFrame frame);

    /// <summary>The client gave a sign of life that the server saw; called on any thread.</summary>
    void NoteLife();

    /// <summary>What waited has been handed to the socket.</summary>
    void AfterFlush();

    /// <summary>The end has begun: nothing more is heard, and what runs for the client stops.</summary>
    void EndWork();

    /// <summary>The line is gone.</summary>
    void Leave();
}

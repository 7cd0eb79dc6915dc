namespace HassSocket.Tests.Replay;

/// <summary>A recording, replayed as a whole.</summary>
internal sealed class Replay
{
    private readonly Dictionary<Line, Verdict> _verdicts = [];

    private Replay(Recording recording) => Recording = recording;

    public Recording Recording { get; }

    /// <summary>What became of each line.</summary>
    public IReadOnlyDictionary<Line, Verdict> Verdicts => _verdicts;

    /// <summary>Goes through all connections of a recording, one after the other.</summary>
    /// <param name="recording">What was recorded.</param>
    /// <param name="settings">Changes how it is replayed.</param>
    /// <exception cref="ReplayException">The client did something else than what was recorded.</exception>
    public static async Task<Replay> RunAsync(Recording recording, Func<ReplaySettings, ReplaySettings>? settings = null)
    {
        var replay = new Replay(recording);
        foreach (var line in recording.Lines) replay._verdicts[line] = OfKind(line.Kind);
        var how = new ReplaySettings { Note = (line, verdict) => replay._verdicts[line] = verdict };
        foreach (var connection in recording.Connections)
        {
            try
            {
                await ReplayedConnection.RunAsync(Outline.Of(recording, connection), settings?.Invoke(how) ?? how);
            }
            catch (ReplayException e)
            {
                throw new ReplayException($"{recording.Name}, connection {connection}: {e.Message}");
            }
        }

        return replay;
    }

    private static Verdict OfKind(LineKind kind) => kind switch
    {
        LineKind.Closed => Verdict.CloseFrame,
        LineKind.Http => Verdict.Http,
        LineKind.Note => Verdict.Note,
        _ => Verdict.Unclassified,
    };
}

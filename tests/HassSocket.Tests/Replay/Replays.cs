using System.Collections.Concurrent;

namespace HassSocket.Tests.Replay;

/// <summary>The replays of the committed recordings: each is made once, whoever asks for it.</summary>
internal static class Replays
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<Replay>>> All = new();

    public static Task<Replay> OfAsync(string path) =>
        All.GetOrAdd(path, static file => new Lazy<Task<Replay>>(() => Task.Run(() => Replay.RunAsync(Recording.Load(file))))).Value;

    public static async Task<IReadOnlyList<Replay>> OfCommittedAsync()
    {
        var all = new List<Replay>();
        foreach (var path in Recording.Committed) all.Add(await OfAsync(path));
        return all;
    }
}

using System.Text.Json;
using System.Threading.Channels;
using Examples;
using HassSocket;
using HassSocket.Trpc;

namespace TrpcConsole;

/// <summary>Writes down what happens on the board, and waits for what must.</summary>
internal sealed class Story : Narrator
{
    private readonly Channel<string> _heard = Channel.CreateUnbounded<string>();
    private readonly HashSet<string?> _ids = [];
    private int _notices;
    private int _refused;

    public void Tell(Tracked<Notice> heard)
    {
        _notices++;
        _ids.Add(heard.Id);
        Line("magenta", "notice", $"#{heard.Id} '{heard.Data.Text}', by {heard.Data.By}");
        _heard.Writer.TryWrite(heard.Data.Text);
    }

    public async Task HeardAsync(string text)
    {
        while (await NextAsync(_heard, $"the notice '{text}'") != text) { }
    }

    public async Task AttemptAsync(string what, Func<Task> attempt)
    {
        try
        {
            await attempt();
        }
        catch (TrpcException refusal)
        {
            _refused++;
            Line("red", "refused", $"{what}: {refusal.Key}, {Reason(refusal)}");
        }
        catch (HassSocketException problem)
        {
            Line("red", "failed", $"{what}: {problem.Message}");
        }
    }

    /// <summary>The next line that is typed; <see langword="null"/> at the end of the input, or of the program.</summary>
    public async Task<string?> ReadLineAsync(CancellationToken end)
    {
        try
        {
            return await Task.Run(Console.In.ReadLine, end).WaitAsync(end);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <returns>The exit code.</returns>
    public int End(string next)
    {
        Chapter("Summary");
        Say($"{_notices} notices heard, {_notices - _ids.Count} of them twice; {_refused} refused; in {Seconds:0.0} s");
        Say(next);
        return 0;
    }

    /// <summary>This server lists what is wrong with an input; others have their own ways.</summary>
    private static string Reason(TrpcException refusal) =>
        refusal.Details.ValueKind == JsonValueKind.Object && refusal.Details.TryGetProperty("issues", out var issues) && issues.ValueKind == JsonValueKind.Array
            ? string.Join("; ", issues.EnumerateArray())
            : refusal.ServerMessage;
}

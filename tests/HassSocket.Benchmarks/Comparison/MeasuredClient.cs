using System.Diagnostics;
using System.Text.Json;
using HassSocket.Benchmarks.Contenders;

namespace HassSocket.Benchmarks.Comparison;

/// <summary>One contender's process for one work: it warms up, then measures whenever it is its turn.</summary>
internal sealed class MeasuredClient(string contender, Work work, string server) : IDisposable
{
    private static readonly TimeSpan LongestWork = TimeSpan.FromMinutes(3);
    private readonly Process _process = contender == "js"
        ? JavaScript.Start(work, server)
        : Child.StartSelf(1, work.IsShort ? ["client", contender, work.Name, server, "short"] : ["client", contender, work.Name, server]);

    public string Contender => contender;

    public Work Work => work;

    /// <summary>Whether a contender takes part in a work.</summary>
    public static bool CanDo(string contender, Work work) => work.IsFor(contender) && (contender != "js" || JavaScript.WhyNot(work.IsTrpc) is null);

    /// <summary>Waits until it has nothing more to learn.</summary>
    public Task WarmUpAsync() => ReadAsync();

    /// <summary>Lets it do the work once.</summary>
    /// <param name="run">The name under which the server reports what it has sent.</param>
    /// <returns>What it measured; nothing when it has ended, or takes too long.</returns>
    public async Task<Measurement?> MeasureAsync(string run)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(server + (work.Plan with { Run = run }).ToPath());
            await _process.StandardInput.FlushAsync();
            return await ReadAsync() is { } line ? JsonSerializer.Deserialize<Measurement>(line) : null;
        }
        catch (IOException)
        {
            // Nobody reads there any more.
            return null;
        }
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(LongestWork)) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task<string?> ReadAsync()
    {
        using var patience = new CancellationTokenSource(LongestWork);
        try
        {
            return await _process.StandardOutput.ReadLineAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // One that hangs ends without a result, and the others go on.
            _process.Kill(entireProcessTree: true);
            return null;
        }
    }
}

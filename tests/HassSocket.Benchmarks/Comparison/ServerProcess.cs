using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace HassSocket.Benchmarks.Comparison;

/// <summary>The load server in a process of its own, and what it says that it has sent.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const int Looks = 100;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);
    private readonly Process _process = Child.StartSelf(0, "load-server");
    private readonly ConcurrentDictionary<string, (int Count, uint Hash)> _reports = new();

    public ServerProcess()
    {
        Address = $"ws://127.0.0.1:{_process.StandardOutput.ReadLine()}";
        new Thread(ReadReports) { IsBackground = true }.Start();
    }

    public string Address { get; }

    /// <summary>What was sent in a run: the server may say it a little later than the client has it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="received">How much the client has received.</param>
    /// <returns>Nothing, where the server had nothing to report.</returns>
    public async Task<(int Count, uint Hash)?> ReportOfAsync(string run, int received)
    {
        for (var look = 0; look < Looks; look++)
        {
            if (_reports.TryGetValue(run, out var report) && report.Count >= received) return report;
            await Task.Delay(BetweenLooks);
        }

        return _reports.TryGetValue(run, out var last) ? last : null;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void ReadReports()
    {
        while (_process.StandardOutput.ReadLine()?.Split(' ') is [var run, var count, var hash])
            _reports[run] = (int.Parse(count, CultureInfo.InvariantCulture), uint.Parse(hash, CultureInfo.InvariantCulture));
    }
}

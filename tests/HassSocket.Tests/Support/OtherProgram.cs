using System.Diagnostics;

namespace HassSocket.Tests.Support;

/// <summary>A program of this repository in a process of its own; it ends with the test, whatever happens.</summary>
internal sealed class OtherProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _complaints;

    private OtherProgram(Process process)
    {
        _process = process;
        _complaints = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts a program that was built with this test.</summary>
    /// <param name="folder">Its folder, from the root of the repository.</param>
    /// <param name="assembly">The name of its assembly.</param>
    /// <param name="environment">What it finds in its environment besides ours; <see langword="null"/> takes a variable away.</param>
    /// <param name="arguments">What it is told.</param>
    public static OtherProgram Start(string folder, string assembly, IReadOnlyDictionary<string, string?> environment, params IReadOnlyList<string> arguments)
    {
        var ours = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(Repository.Root, folder, "bin", ours.Parent!.Name, ours.Name, $"{assembly}.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new OtherProgram(Process.Start(start)!);
    }

    /// <summary>The next line that it prints; <see langword="null"/> when it has ended.</summary>
    public async Task<string?> LineAsync(TimeSpan guard) => await _process.StandardOutput.ReadLineAsync().WaitAsync(guard);

    /// <summary>Lets it come to its end.</summary>
    /// <returns>Its exit code, and what it printed that was not read yet, complaints last.</returns>
    public async Task<(int ExitCode, string Output)> EndAsync(TimeSpan guard)
    {
        var output = await _process.StandardOutput.ReadToEndAsync().WaitAsync(guard);
        await _process.WaitForExitAsync().WaitAsync(guard);
        return (_process.ExitCode, output + await _complaints);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace TrpcConsole;

/// <summary>A tRPC server in a Node process, which ends with its input.</summary>
internal sealed class NodeServer : IAsyncDisposable
{
    public const string Script = "tests/peers/board.mjs";

    private readonly Process _process;

    private NodeServer(Process process, int port) => (_process, Url) = (process, $"ws://127.0.0.1:{port}/");

    public string Url { get; }

    /// <summary>Starts it; <see langword="null"/> where there is no Node, or no packages for it.</summary>
    public static async Task<NodeServer?> StartAsync()
    {
        if (Root() is not { } root || !Directory.Exists(Path.Combine(root, "tests/peers/node_modules/@trpc/server"))) return null;
        if (Environment.GetEnvironmentVariable("TRPC_CONSOLE_FAKE") is { Length: > 0 }) return null;
        try
        {
            var start = new ProcessStartInfo("node", [Path.Combine(root, Script)]) { RedirectStandardInput = true, RedirectStandardOutput = true };
            var process = Process.Start(start)!;
            if (await process.StandardOutput.ReadLineAsync() is { } line)
                return new NodeServer(process, JsonDocument.Parse(line).RootElement.GetProperty("data").GetProperty("port").GetInt32());
            throw new InvalidOperationException($"{Script} ended before it listened; is this Node 20 or newer?");
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string? Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "HassSocket.sln"))) return folder.FullName;
        }

        return null;
    }
}

using System.Diagnostics;
using System.Globalization;
using HassSocket.Benchmarks.Contenders;

namespace HassSocket.Benchmarks.Comparison;

/// <summary>The official JavaScript clients on Node, where both are here: <c>npm ci --prefix tests/peers</c> brings it.</summary>
internal static class JavaScript
{
    private static readonly string Peers = FindPeers();
    private static readonly string? NoNode = FindNode();

    /// <summary>Why it does not take part; <see langword="null"/> when it does.</summary>
    public static string? WhyNot(bool isTrpc)
    {
        var package = isTrpc ? "@trpc/client" : "home-assistant-js-websocket";
        return Directory.Exists(Path.Combine(Peers, "node_modules", package)) ? NoNode : $"{package} is not installed (npm ci --prefix tests/peers)";
    }

    public static Process Start(Work work, string server) => Child.Start(
        1, "/usr/bin/env", "node", Path.Combine(Peers, work.IsTrpc ? "trpc-speed.mjs" : "speed.mjs"), work.Kind.ToString(),
        work.IsShort ? "" : server + work.WarmUp.Plan.ToPath(), work.Repeats.ToString(CultureInfo.InvariantCulture));

    private static string? FindNode()
    {
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true });
            node!.WaitForExit();
            return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "Node is not installed";
        }
    }

    private static string FindPeers()
    {
        if (Environment.GetEnvironmentVariable("HASS_PEERS") is { Length: > 0 } elsewhere) return elsewhere;
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "HassSocket.sln"))) folder = Path.GetDirectoryName(folder);
        return Path.Combine(folder ?? ".", "tests", "peers");
    }
}

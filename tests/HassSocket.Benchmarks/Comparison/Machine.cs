using System.Runtime.InteropServices;

namespace HassSocket.Benchmarks.Comparison;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static string Describe()
    {
        var pinned = Child.CanPin ? "server pinned to one processor, each client to another" : "nothing pinned";
        return $"{Model()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, " +
               $"workstation GC, tiered PGO, {pinned}";
    }

    private static string Model()
    {
        const string Cpu = "/proc/cpuinfo";
        var line = File.Exists(Cpu) ? File.ReadLines(Cpu).FirstOrDefault(one => one.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}

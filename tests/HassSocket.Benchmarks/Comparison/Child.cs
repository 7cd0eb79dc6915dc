using System.Diagnostics;
using System.Globalization;

namespace HassSocket.Benchmarks.Comparison;

/// <summary>Starts the processes of a comparison, each pinned to a processor of its own where that can be done.</summary>
internal static class Child
{
    private const string TaskSet = "/usr/bin/taskset";

    /// <summary>Whether processes are pinned: with one processor, or without taskset, they are not.</summary>
    public static bool CanPin { get; } = Environment.ProcessorCount > 1 && File.Exists(TaskSet);

    public static Process Start(int processor, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(CanPin ? TaskSet : program) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // Steps of the compiler that would take the first minute of a program are taken within seconds; what it makes is the same.
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "10";
        if (CanPin)
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(processor.ToString(CultureInfo.InvariantCulture));
            start.ArgumentList.Add(program);
        }

        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started.");
    }

    /// <summary>Starts this program in another role.</summary>
    public static Process StartSelf(int processor, params IEnumerable<string> arguments) => Start(processor, Environment.ProcessPath!, arguments);
}

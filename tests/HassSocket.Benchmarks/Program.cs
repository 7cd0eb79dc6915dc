using BenchmarkDotNet.Running;
using HassSocket.Benchmarks;
using HassSocket.Benchmarks.Comparison;
using HassSocket.Benchmarks.Contenders;
using HassSocket.Benchmarks.Load;

switch (args)
{
    case ["serve", .. var rest]:
        return await Serve.RunAsync(rest);
    case ["compare", .. var rest]:
        return await Compare.RunAsync(rest, Work.All);
    case ["compare-trpc", .. var rest]:
        return await Compare.RunAsync(rest, Work.Trpc);
    case ["parts", .. var rest]:
        BenchmarkSwitcher.FromAssembly(typeof(Serve).Assembly).Run(rest.Length == 0 ? ["--filter", "*"] : rest);
        return 0;
    case ["load-server"]:
        return LoadServer.Run();
    case ["client", .. var rest]:
        return await ClientProcess.RunAsync(rest);
    default:
        Console.Error.WriteLine("""
            Usage: HassSocket.Benchmarks <what>
              serve [--minutes <how long at most>]        a simulated house, for the acceptance list
              compare [--rounds <n>] [--only <work>,…] [--short] [--write <file>]
                                                          this SDK, a minimal loop and the official JavaScript client, side by side
              compare-trpc [the same]                     our tRPC client and the TypeScript client, side by side
              parts [BenchmarkDotNet's arguments]         the parts of this SDK alone
            """);
        return 64;
}

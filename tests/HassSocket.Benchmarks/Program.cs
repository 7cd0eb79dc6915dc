using HassSocket.Benchmarks;
using HassSocket.Benchmarks.Comparison;
using HassSocket.Benchmarks.Contenders;
using HassSocket.Benchmarks.Load;

switch (args)
{
    case ["serve", .. var rest]:
        return await Serve.RunAsync(rest);
    case ["compare", .. var rest]:
        return await Compare.RunAsync(rest);
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
            """);
        return 64;
}

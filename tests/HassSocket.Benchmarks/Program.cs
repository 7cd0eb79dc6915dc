using HassSocket.Benchmarks;

switch (args)
{
    case ["serve", .. var rest]:
        return await Serve.RunAsync(rest);
    default:
        Console.Error.WriteLine("Usage: HassSocket.Benchmarks serve [--minutes <how long at most>]");
        return 64;
}

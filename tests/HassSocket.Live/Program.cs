using System.Runtime.InteropServices;
using HassSocket.Live;
using HassSocket.Live.Checks;

LiveSettings settings;
try
{
    settings = LiveSettings.Read(args, Environment.GetEnvironmentVariable);
}
catch (ArgumentException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    Console.Error.WriteLine(LiveSettings.Usage);
    return 64;
}

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
await using var visit = new Visit(settings);
return await new Runner(visit, Console.Out).RunAsync(CheckList.For(settings), stop.Token);

// What was created on the server is removed first; the program ends by itself after that.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

using HassSocket.Endurance.Fuzz;
using HassSocket.Endurance.Histories;
using HassSocket.Endurance.Soak;
using HassSocket.Endurance.Support;

return args.FirstOrDefault() switch
{
    "histories" => OnItsOwn(() => HistoriesRun.Run(new Arguments(args))),
    "fuzz" => OnItsOwn(() => FuzzRun.Run(new Arguments(args))),
    "soak" => OnItsOwn(() => SoakRun.Run(new Arguments(args))),
    _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
};

// The pool belongs to what is tested.
static int OnItsOwn(Func<int> run)
{
    var result = 1;
    var thread = new Thread(() => result = run());
    thread.Start();
    thread.Join();
    return result;
}

using System.Globalization;
using HassSocket.Testing;

namespace HassSocket.Benchmarks;

/// <summary>A simulated house in a process of its own, for those who judge it, or a client, from outside.</summary>
/// <remarks>
/// Prints its address and tokens as the environment of <c>HassSocket.Live</c>, one <c>NAME=value</c> a line, then an empty line, and
/// stops when its standard input ends or its time is up.
/// </remarks>
internal static class Serve
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        await using var house = new HomeAssistantSimulator();
        await house.ListenAsync();
        Tell(house);
        var over = Task.Delay(args is ["--minutes", var minutes] ? TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture)) : Longest);
        await Task.WhenAny(over, Task.Run(InputEnds));
        return 0;
    }

    private static void Tell(HomeAssistantSimulator house)
    {
        Console.WriteLine($"HASS_LIVE_SERVER={house.BaseUrl}");
        Console.WriteLine($"HASS_LIVE_TOKEN={house.Owner.Token}");
        Console.WriteLine($"HASS_LIVE_GUEST_TOKEN={house.Guest.Token}");
        Console.WriteLine($"HASS_LIVE_VIEWER_TOKEN={house.Viewer.Token}");
        Console.WriteLine();
    }

    // Whoever started us holds the other end: it closes when they end, however they end.
    private static void InputEnds()
    {
        while (Console.In.ReadLine() is not null)
        {
        }
    }
}

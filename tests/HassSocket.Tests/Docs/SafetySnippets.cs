using Microsoft.Extensions.DependencyInjection;

namespace HassSocket.Tests.Docs;

/// <summary>The code of docs/load-safety.md and docs/pausing.md; compiled, not run.</summary>
internal static class SafetySnippets
{
    public static void Warnings(IHassSocket hass)
    {
        // <snippet:traffic-warnings>
        using var warnings = hass.TrafficWarnings.Subscribe(warning =>
            Console.WriteLine($"{warning.Rate:0} messages a second, mostly {warning.BusiestCommands[0].Key}"));
        // </snippet:traffic-warnings>
    }

    public static void Thresholds(IServiceCollection services)
    {
        // <snippet:traffic-thresholds>
        services.AddHassSocket(options =>
        {
            options.UseEnvironment();
            options.SocketWarnRequestsPerSec = 50;
            options.SocketCrashRequestsPerSec = double.PositiveInfinity;
        });
        // </snippet:traffic-thresholds>
    }

    public static async Task PauseAsync(IHassSocket hass)
    {
        // <snippet:pause>
        hass.PauseMessages = true;
        try
        {
            await WorkOnTheHouseAsync();
        }
        finally
        {
            hass.PauseMessages = false;
        }
        // </snippet:pause>
    }

    private static Task WorkOnTheHouseAsync() => Task.CompletedTask;
}

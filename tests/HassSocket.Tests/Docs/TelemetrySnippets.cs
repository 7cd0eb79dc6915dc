using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HassSocket.Tests.Docs;

/// <summary>The code of docs/telemetry.md; compiled, not run.</summary>
internal static class TelemetrySnippets
{
    public static void Filter(HostApplicationBuilder builder)
    {
        // <snippet:log-filter>
        builder.Logging.AddFilter("HassSocket", LogLevel.Debug);
        // </snippet:log-filter>
    }
}

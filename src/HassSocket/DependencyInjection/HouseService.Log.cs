using Microsoft.Extensions.Logging;

namespace HassSocket.DependencyInjection;

internal sealed partial class HouseService
{
    [LoggerMessage(710, LogLevel.Critical, "Socket '{House}' was stopped by load safety: {Explanation} {Consequence}.")]
    private static partial void LogCrash(ILogger logger, Exception? error, string house, string? explanation, string consequence);

    [LoggerMessage(711, LogLevel.Error,
        "Home Assistant rejected the token of socket '{House}': {Explanation} Nothing is retried with it, since Home Assistant can ban this " +
        "address. Make a long-lived access token on the Security tab of a Home Assistant profile and set it as Token; a changed configuration is " +
        "noticed without a restart. Inside an add-on, check that its configuration says homeassistant_api: true.")]
    private static partial void LogRejected(ILogger logger, string house, string? explanation);

    [LoggerMessage(712, LogLevel.Error, "Socket '{House}' gave up: {Explanation} Only StartAsync tries again.")]
    private static partial void LogFaulted(ILogger logger, Exception? error, string house, string? explanation);

    [LoggerMessage(713, LogLevel.Debug, "The start of socket '{House}' ended without a connection.")]
    private static partial void LogStartEnded(ILogger logger, Exception error, string house);

    [LoggerMessage(714, LogLevel.Error, "Socket '{House}' could not be started.")]
    private static partial void LogStartFailed(ILogger logger, Exception error, string house);

    [LoggerMessage(715, LogLevel.Warning, "Socket '{House}' was not closed in order: the time that the application has for stopping ran out.")]
    private static partial void LogStopCutShort(ILogger logger, string house);
}

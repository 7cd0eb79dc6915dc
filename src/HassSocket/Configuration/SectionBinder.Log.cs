using Microsoft.Extensions.Logging;

namespace HassSocket.Configuration;

internal sealed partial class SectionBinder
{
    [LoggerMessage(700, LogLevel.Warning, "The configuration section {Section} is missing or empty.")]
    private static partial void LogMissingSection(ILogger logger, string section);

    [LoggerMessage(701, LogLevel.Warning, "The configuration key {Key} is not known and has no effect; {Nearest} was probably meant.")]
    private static partial void LogMisspeltKey(ILogger logger, string key, string nearest);

    [LoggerMessage(702, LogLevel.Warning, "The configuration key {Key} is not known and has no effect.")]
    private static partial void LogUnknownKey(ILogger logger, string key);
}

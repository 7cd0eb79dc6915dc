using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace HassSocket.Tests.Support;

/// <summary>Keeps what is logged, for a test to read.</summary>
internal sealed class CapturedLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, int Id, string Text)> _entries = new();

    public IReadOnlyCollection<(LogLevel Level, int Id, string Text)> Entries => _entries;

    /// <summary>The entries from a level on.</summary>
    public IEnumerable<(LogLevel Level, int Id, string Text)> From(LogLevel level) => _entries.Where(entry => entry.Level >= level);

    public ILogger CreateLogger(string categoryName) => new Logger(_entries, categoryName.StartsWith("HassSocket", StringComparison.Ordinal));

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<(LogLevel Level, int Id, string Text)> entries, bool ours) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => ours;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (ours) entries.Enqueue((logLevel, eventId.Id, formatter(state, exception)));
        }
    }
}

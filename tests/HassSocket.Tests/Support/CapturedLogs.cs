using Microsoft.Extensions.Logging;

namespace HassSocket.Tests.Support;

/// <summary>Keeps what the project logs, for a test to read.</summary>
internal sealed class CapturedLogs : ILoggerProvider
{
    private readonly List<LogEntry> _entries = [];
    private TaskCompletionSource _added = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<LogEntry> Entries
    {
        get { lock (_entries) return [.. _entries]; }
    }

    /// <summary>The entries from a level on.</summary>
    public IEnumerable<LogEntry> From(LogLevel level) => Entries.Where(entry => entry.Level >= level);

    /// <summary>Waits for the first entry with an id.</summary>
    public async Task<LogEntry> WaitForAsync(int id, TimeSpan guard)
    {
        while (true)
        {
            Task added;
            lock (_entries)
            {
                if (_entries.Find(entry => entry.Id == id) is { } found) return found;
                added = _added.Task;
            }

            await added.WaitAsync(guard);
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName.StartsWith("HassSocket", StringComparison.Ordinal));

    public void Dispose()
    {
    }

    private void Add(LogEntry entry)
    {
        lock (_entries)
        {
            _entries.Add(entry);
            _added.SetResult();
            _added = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private sealed class Logger(CapturedLogs logs, bool isOurs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => isOurs;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (isOurs) logs.Add(new LogEntry(logLevel, eventId.Id, formatter(state, exception), exception));
        }
    }

    internal sealed record LogEntry(LogLevel Level, int Id, string Text, Exception? Error);
}

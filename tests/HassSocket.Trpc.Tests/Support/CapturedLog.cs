using Microsoft.Extensions.Logging;

namespace HassSocket.Trpc.Tests.Support;

/// <summary>Keeps what is logged, whatever its category.</summary>
internal sealed class CapturedLog : ILoggerFactory, ILogger
{
    private readonly List<(LogLevel Level, int Id, string Text)> _lines = [];
    private TaskCompletionSource _added = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<(LogLevel Level, int Id, string Text)> Lines
    {
        get { lock (_lines) return [.. _lines]; }
    }

    public string? Category { get; private set; }

    /// <summary>Waits for a line of an id, or for so many of them.</summary>
    public async Task<string> WaitForAsync(int id, int count = 1)
    {
        while (true)
        {
            Task added;
            lock (_lines)
            {
                if (_lines.Where(line => line.Id == id).ElementAtOrDefault(count - 1) is { Text: { } text }) return text;
                added = _added.Task;
            }

            await added.WaitAsync(Board.Guard);
        }
    }

    public ILogger CreateLogger(string categoryName)
    {
        Category = categoryName;
        return this;
    }

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines)
        {
            _lines.Add((logLevel, eventId.Id, $"{formatter(state, exception)} {exception}"));
            _added.SetResult();
            _added = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Dispose()
    {
    }
}

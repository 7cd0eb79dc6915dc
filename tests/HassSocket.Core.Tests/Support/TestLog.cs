using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace HassSocket.Core.Tests.Support;

/// <summary>Keeps what was logged.</summary>
public sealed class TestLog : ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, EventId Id, string Text)> _lines = new();
    private TaskCompletionSource _logged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<(LogLevel Level, EventId Id, string Text)> Lines => [.. _lines];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _lines.Enqueue((logLevel, eventId, $"{formatter(state, exception)} {exception}"));
        Interlocked.Exchange(ref _logged, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <summary>Waits for a message of an id.</summary>
    public async Task<string> WaitForAsync(int id, string containing = "")
    {
        while (true)
        {
            var logged = Volatile.Read(ref _logged).Task;
            if (Lines.FirstOrDefault(line => line.Id == id && line.Text.Contains(containing, StringComparison.Ordinal)) is { Text: { } text }) return text;
            await logged.WaitAsync(ConnectionFixture.Guard);
        }
    }
}

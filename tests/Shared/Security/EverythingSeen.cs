using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Xunit;

namespace HassSocket.Tests.Shared.Security;

/// <summary>Collects all that can be seen of the library from outside: logs at Trace, exceptions even if caught, tags of activities and metrics.</summary>
internal sealed class EverythingSeen : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<object?> _seen = new();
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _activities;

    public EverythingSeen()
    {
        _activities = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "HassSocket",
            Sample = static (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => Note(activity.DisplayName, activity.StatusDescription, activity.TagObjects, activity.Baggage, activity.Events),
        };
        ActivitySource.AddActivityListener(_activities);
        _meters.InstrumentPublished = static (instrument, self) =>
        {
            if (instrument.Meter.Name == "HassSocket") self.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<long>((_, _, tags, _) => Note(tags.ToArray()));
        _meters.SetMeasurementEventCallback<double>((_, _, tags, _) => Note(tags.ToArray()));
        _meters.Start();
        AppDomain.CurrentDomain.FirstChanceException += OnThrown;
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    // The values are noted as well: sinks of structured logs show them apart.
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Note(formatter(state, exception), exception, state);

    public void Note(params object?[] things)
    {
        foreach (var thing in things) _seen.Enqueue(thing);
    }

    /// <summary>Shows that a secret is nowhere in what was seen.</summary>
    public void HasNothingOf(string secret)
    {
        var texts = _seen.SelectMany(Texts).ToList();

        Assert.NotEmpty(texts);
        Assert.True(!texts.Exists(text => text.Contains(secret, StringComparison.OrdinalIgnoreCase)), "A token is shown.");
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.FirstChanceException -= OnThrown;
        _activities.Dispose();
        _meters.Dispose();
    }

    private static IEnumerable<string> Texts(object? thing) => thing switch
    {
        null => [],
        string text => [text],
        Exception error => [error.ToString(), .. error.Data.Cast<DictionaryEntry>().Select(pair => $"{pair.Key} {pair.Value}")],
        IEnumerable many => many.Cast<object?>().SelectMany(Texts),
        _ => [thing.ToString() ?? ""],
    };

    // Those that the library catches and drops count as well: a debugger, or an error tracker, shows them.
    private void OnThrown(object? sender, FirstChanceExceptionEventArgs thrown) => Note(thrown.Exception);
}

using System.Diagnostics.Metrics;

namespace HassSocket.Core.Tests.Support;

/// <summary>Hears what the connection of one name measures.</summary>
internal sealed class Meters : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<(string Instrument, double Value, string Tags)> _all = [];
    private readonly Lock _lock = new();
    private readonly string _name;
    private TaskCompletionSource _noted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Meters(string name)
    {
        _name = name;
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "HassSocket") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>What was measured, in order; the name of the connection is left out of the tags.</summary>
    public IReadOnlyList<(string Instrument, double Value, string Tags)> All
    {
        get { lock (_lock) return [.. _all]; }
    }

    /// <summary>The tags of each measurement of an instrument.</summary>
    public IReadOnlyList<string> Tags(string instrument) => [.. All.Where(one => one.Instrument == instrument).Select(one => one.Tags)];

    /// <summary>Each measurement of an instrument.</summary>
    public IReadOnlyList<double> Values(string instrument) => [.. All.Where(one => one.Instrument == instrument).Select(one => one.Value)];

    /// <summary>Waits for the first measurement of an instrument; some are taken on threads of the pool.</summary>
    public async Task<double> FirstAsync(string instrument)
    {
        while (true)
        {
            Task noted;
            lock (_lock) noted = _noted.Task;
            if (Values(instrument) is [var first, ..]) return first;
            await noted.WaitAsync(ConnectionFixture.Guard);
        }
    }

    /// <summary>Reads a gauge now.</summary>
    public double Read(string gauge)
    {
        _listener.RecordObservableInstruments();
        return Values(gauge)[^1];
    }

    public void Dispose() => _listener.Dispose();

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var all = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value);
        if (!all.Remove("hass.socket", out var name) || !_name.Equals(name)) return;
        var text = string.Join(' ', all.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"));
        lock (_lock)
        {
            _all.Add((instrument.Name, value, text));
            _noted.SetResult();
            _noted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}

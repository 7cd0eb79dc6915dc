using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace HassSocket.Diagnostics;

/// <summary>Instruments whose listeners may throw: a figure is lost then, and nothing else, wherever in the engine it was counted.</summary>
internal static class UnthrowingInstruments
{
    public static void Count(this Counter<long> counter, long value, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        try
        {
            counter.Add(value, tags);
        }
        catch (Exception)
        {
            // A listener's own affair.
        }
    }

    public static void Note(this Histogram<double> histogram, double value, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        try
        {
            histogram.Record(value, tags);
        }
        catch (Exception)
        {
            // A listener's own affair.
        }
    }

    /// <summary>Begins an activity, if anybody listens and does not throw.</summary>
    public static Activity? Begin(this ActivitySource source, string name)
    {
        try
        {
            return source.StartActivity(name, ActivityKind.Client);
        }
        catch (Exception)
        {
            return null;
        }
    }

    public static void End(this Activity activity)
    {
        try
        {
            activity.Dispose();
        }
        catch (Exception)
        {
            // A listener's own affair.
        }
    }
}

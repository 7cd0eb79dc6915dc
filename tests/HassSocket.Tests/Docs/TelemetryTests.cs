using System.Diagnostics.Metrics;
using System.Globalization;
using System.Reflection;
using HassSocket.Tests.Architecture;
using Microsoft.Extensions.Logging;
using Xunit;

namespace HassSocket.Tests.Docs;

public sealed class TelemetryTests
{
    private static readonly string Text = Page.Read("telemetry.md");

    private static IEnumerable<(MethodInfo Method, LoggerMessageAttribute Message)> Messages =>
        from name in Shipped.Names
        from type in Shipped.Named(name.Data).GetTypes()
        from method in type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        let message = method.GetCustomAttribute<LoggerMessageAttribute>()
        where message is not null
        select (method, message);

    [Fact]
    public void Ids_of_log_messages_are_unique_across_the_assemblies()
    {
        var twice = Messages.GroupBy(m => m.Message.EventId).Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(m => $"{m.Method.DeclaringType!.Name}.{m.Method.Name}"))}");

        Assert.Empty(twice);
    }

    [Fact]
    public void Page_lists_every_log_message_with_level_and_class()
    {
        var expected = Messages.OrderBy(m => m.Message.EventId).Select(m =>
            $"| {m.Message.EventId} | {m.Message.Level} | `{m.Method.DeclaringType!.Name.Split('`')[0]}` | {m.Message.Message} |");
        var actual = Page.Section(Text, "## Log messages").Split('\n').Where(line => line.Length > 2 && char.IsDigit(line[2]));

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Page_lists_every_instrument_with_kind_and_unit()
    {
        var expected = Instruments().Order(StringComparer.Ordinal);
        var actual = Page.Rows(Page.Section(Text, "## Metrics")).Skip(1)
            .Select(row => $"{row[0]} {row[1]} {row[2]}").Order(StringComparer.Ordinal);

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Page_tells_the_numbers_of_the_states()
    {
        var numbers = string.Join(", ", Enum.GetValues<ConnectionState>().Select(state => string.Create(CultureInfo.InvariantCulture, $"{(int)state} {state}")));

        Assert.Contains(numbers, Text, StringComparison.Ordinal);
    }

    private static HashSet<string> Instruments()
    {
        // The instruments exist from the first connection on.
        var client = new HassSocketClient(new HassSocketOptions { BaseUrl = "http://house.local", Token = "t0ken" });
        var found = new HashSet<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == "HassSocket") found.Add($"{instrument.Name} {Kind(instrument)} {instrument.Unit}");
        };
        listener.Start();
        GC.KeepAlive(client);
        return found;
    }

    private static string Kind(Instrument instrument) =>
        instrument.GetType().Name is var name && instrument.IsObservable ? "gauge" : name.StartsWith("Counter", StringComparison.Ordinal) ? "counter" : "histogram";
}

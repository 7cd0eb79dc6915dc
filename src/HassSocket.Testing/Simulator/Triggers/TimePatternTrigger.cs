using System.Globalization;
using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Fires whenever the clock on the wall shows a pattern, such as every five seconds.</summary>
internal sealed class TimePatternTrigger : ITrigger
{
    private const int SecondsOfADay = 86_400;

    private readonly TriggerHead _head;
    private readonly Func<int, bool> _hours;
    private readonly Func<int, bool> _minutes;
    private readonly Func<int, bool> _seconds;

    public TimePatternTrigger(TriggerHead head, JsonObject fields)
    {
        if (!fields.ContainsKey("hours") && !fields.ContainsKey("minutes") && !fields.ContainsKey("seconds"))
            throw Errors.InvalidFormat("must contain at least one of hours, minutes, seconds.");
        _head = head;
        _hours = Pattern(fields, "hours", false);
        _minutes = Pattern(fields, "minutes", fields.ContainsKey("hours"));
        _seconds = Pattern(fields, "seconds", fields.ContainsKey("hours") || fields.ContainsKey("minutes"));
    }

    public Action Attach(House house, Action<TriggerFiring> fire)
    {
        var isAttached = true;
        Wait();
        return () => isAttached = false;

        void Wait() => house.After(UntilNext(house.LocalNow()), () => house.Ticks.Run(() =>
        {
            if (!isAttached) return;
            fire(Firing(house.LocalNow()));
            Wait();
        }));
    }

    /// <summary>What is not given is any value, or zero beside a larger unit that is.</summary>
    private static Func<int, bool> Pattern(JsonObject fields, string name, bool isBesideLarger)
    {
        if (fields[name]?.ToString() is not { } text) return value => !isBesideLarger || value == 0;
        if (text == "*") return _ => true;
        var isStep = text.StartsWith('/');
        if (!int.TryParse(isStep ? text[1..] : text, CultureInfo.InvariantCulture, out var number) || (isStep && number == 0))
            throw Errors.InvalidFormat($"invalid time_pattern value at '{name}'");
        return isStep ? value => value % number == 0 : value => value == number;
    }

    private TimeSpan UntilNext(DateTimeOffset now)
    {
        var second = TimeSpan.FromSeconds(1);
        var next = new DateTimeOffset(now.Ticks - now.Ticks % second.Ticks, now.Offset) + second;
        for (var i = 0; i < SecondsOfADay && !(_hours(next.Hour) && _minutes(next.Minute) && _seconds(next.Second)); i++) next += second;
        return next - now;
    }

    private TriggerFiring Firing(DateTimeOffset now) => new(_head, null, writer =>
    {
        writer.WriteString("now", PythonValue.Time(now, 'T'));
        writer.WriteString("description", "time pattern");
    });
}

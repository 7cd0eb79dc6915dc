namespace HassSocket.Testing.Simulator;

/// <summary>Renders a template again whenever something changes that it looked at.</summary>
internal sealed class TemplateWatch
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly House _house;
    private readonly Func<Rendering> _render;
    private readonly Action<Rendering, HouseEvent?> _rendered;
    private readonly Action _unlisten;
    private bool _waitsForMinute;
    private bool _hasEnded;

    private TemplateWatch(House house, Func<Rendering> render, Action<Rendering, HouseEvent?> rendered)
    {
        (_house, _render, _rendered) = (house, render, rendered);
        Latest = render();
        _unlisten = house.Bus.Listen("state_changed", change =>
        {
            if (Latest.Listeners.Concerns(change.EntityId!)) Render(change);
        });
        WaitForMinute();
    }

    private Rendering Latest { get; set; }

    /// <summary>Watches until the returned action is called.</summary>
    /// <param name="house">Whose states and times count.</param>
    /// <param name="render">Renders.</param>
    /// <param name="rendered">Told of the first rendering and of each one that is different, with the change that led to it.</param>
    public static Action Begin(House house, Func<Rendering> render, Action<Rendering, HouseEvent?> rendered)
    {
        var watch = new TemplateWatch(house, render, rendered);
        rendered(watch.Latest, null);
        return watch.End;
    }

    private void Render(HouseEvent? change)
    {
        var before = Latest;
        Latest = _render();
        WaitForMinute();
        if (Latest.Error is not null || before.Error is not null || Latest.Text != before.Text) _rendered(Latest, change);
    }

    /// <summary>What looks at the clock is rendered again as each minute begins.</summary>
    private void WaitForMinute()
    {
        if (!Latest.Listeners.Time || _waitsForMinute || _hasEnded) return;
        _waitsForMinute = true;
        _house.After(Minute - TimeSpan.FromTicks(_house.Now.Ticks % Minute.Ticks), () => _house.Ticks.Run(() =>
        {
            _waitsForMinute = false;
            if (!_hasEnded && Latest.Listeners.Time) Render(null);
        }));
    }

    private void End()
    {
        _hasEnded = true;
        _unlisten();
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using HassSocket.Testing.Simulator;

namespace HassSocket.Testing;

/// <summary>A load profile at work; disposing it ends the load, the entities stay.</summary>
public sealed class SimulatedLoad : IDisposable
{
    private readonly House _house;
    private readonly LoadProfile _profile;
    private readonly long _begunAt;
    private readonly ITimer _timer;
    private long _changes;
    private long _events;
    private bool _isOver;

    internal SimulatedLoad(House house, LoadProfile profile)
    {
        (_house, _profile, _begunAt) = (house, profile, house.Time.GetTimestamp());
        house.Ticks.Run(AddEntities);
        _timer = house.Time.CreateTimer(_ => house.Lifecycle.WhenAwake(CatchUp), null, profile.Step, profile.Step);
    }

    /// <summary>How many states have changed so far; the state of the entity that changed last is this number.</summary>
    public long Changes => Interlocked.Read(ref _changes);

    /// <summary>How many events were fired so far.</summary>
    public long Events => Interlocked.Read(ref _events);

    /// <summary>Ends the load.</summary>
    public void Dispose()
    {
        _house.Ticks.Run(() => _isOver = true);
        _timer.Dispose();
    }

    private void AddEntities()
    {
        for (var i = 0; i < _profile.Entities; i++)
        {
            var attributes = new JsonObject { ["state_class"] = "measurement", ["friendly_name"] = $"Load {i}" };
            _house.States.Set(EntityId(i), "0", attributes, _house.NewContext());
        }
    }

    private void CatchUp() => _house.Ticks.Run(() =>
    {
        if (_isOver || _house.Lifecycle.IsDown) return;
        var seconds = _house.Time.GetElapsedTime(_begunAt).TotalSeconds;
        while (_changes < (long)(seconds * _profile.ChangesPerSecond)) Change();
        while (_events < (long)(seconds * _profile.EventsPerSecond)) Fire();
    });

    private void Change()
    {
        var id = EntityId((int)(_changes % _profile.Entities));
        var state = Interlocked.Increment(ref _changes).ToString(CultureInfo.InvariantCulture);

        // Nobody writes to attributes, so one object may stand in many states.
        _house.States.Set(id, state, _house.States.Find(id)?.Attributes ?? [], _house.NewContext());
    }

    private void Fire() => _house.Bus.Fire(HouseEvent.Of(
        _profile.EventType, new JsonObject { ["number"] = Interlocked.Increment(ref _events) - 1 }, _house.NewContext(), _house.Now));

    private string EntityId(int number) => $"{_profile.Domain}.load_{number}";
}

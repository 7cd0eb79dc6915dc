using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>A server that starts: domain by domain its commands become known, its services appear and its entities come back one by one.</summary>
internal sealed class StartUp
{
    private readonly House _house;
    private readonly SimulatedRestart _how;
    private readonly Action _done;
    private readonly SimulatedState[] _absent;
    private readonly JsonArray _components;
    private readonly Queue<string> _domains;
    private readonly List<Action> _heldBack = [];
    private readonly TimeSpan _step;
    private readonly DateTimeOffset _begunAt;
    private bool _isAbandoned;

    /// <summary>Takes everything away that loads late.</summary>
    public StartUp(House house, SimulatedRestart how, Action done)
    {
        (_house, _how, _done, _begunAt) = (house, how, done, house.Now);
        _absent = [.. house.States.All];
        _components = house.Config["components"]!.DeepClone().AsArray();
        var late = _components.Texts().Select(DomainOf).Concat(_absent.Select(s => s.Domain)).Where(IsLate).Distinct();

        // What has entities comes last, as in the recordings.
        _domains = new Queue<string>(late.OrderBy(domain => _absent.Any(state => state.Domain == domain)));
        _step = how.LoadsFor / (_domains.Count + 1);
        house.Config["state"] = "NOT_RUNNING";
        house.Config["components"] = new JsonArray([.. _components.Texts().Where(c => !IsLate(DomainOf(c))).Select(c => (JsonNode?)c)]);
        house.States.Clear();
        if (how.RestoresEntities) foreach (var state in _absent) Restore(state);
        else foreach (var state in _absent.Where(s => !IsLate(s.Domain))) BringBack(state);
    }

    /// <summary>The domains that still load, with the seconds that they take so far.</summary>
    public IEnumerable<KeyValuePair<string, double>> Loading
        => _domains.Take(1).Select(domain => KeyValuePair.Create(domain, (_house.Now - _begunAt).TotalSeconds));

    public event Action? Advanced;

    public void Begin() => _house.After(_step, Load);

    public void Abandon() => _isAbandoned = true;

    /// <summary>Whether a domain has not loaded yet.</summary>
    public bool Lacks(string domain) => _domains.Contains(domain);

    /// <summary>Does something when all integrations have loaded.</summary>
    public void WhenLoaded(Action action) => _heldBack.Add(action);

    private static bool IsLate(string domain) => !EarlyDomains.Contain(domain);

    private static string DomainOf(string component) => component.Split('.')[0];

    private void Load() => _house.Ticks.Run(() =>
    {
        if (_isAbandoned) return;
        if (!_domains.TryDequeue(out var domain))
        {
            Start();
            return;
        }

        foreach (var component in _components.Texts().Where(c => DomainOf(c) == domain)) _house.Config["components"]!.AsArray().Add((JsonNode?)component);
        foreach (var state in _absent.Where(s => s.Domain == domain)) BringBack(state);
        foreach (var service in _house.Services.Of(domain))
            Fire("service_registered", new JsonObject { ["domain"] = domain, ["service"] = service });
        Fire("component_loaded", new JsonObject { ["component"] = domain });
        Advanced?.Invoke();
        _house.After(_step, Load);
    });

    private void Start()
    {
        foreach (var action in _heldBack) action();
        Advanced?.Invoke();
        Enter("STARTING", "homeassistant_start");
        _house.After(_how.StartsFor, () => _house.Ticks.Run(() =>
        {
            if (_isAbandoned) return;
            Enter("RUNNING", "homeassistant_started");
            _done();
        }));
    }

    private void Enter(string state, string eventType)
    {
        _house.Config["state"] = state;
        Fire("core_config_updated", []);
        Fire(eventType, []);
    }

    private void Fire(string type, JsonObject data) => _house.Bus.Fire(HouseEvent.Of(type, data, _house.NewContext(), _house.Now));

    private void BringBack(SimulatedState state)
        => _house.States.Set(state.EntityId, state.State, state.Attributes, _house.NewContext());

    private void Restore(SimulatedState state)
    {
        var attributes = new JsonObject { ["restored"] = true };
        foreach (var name in (string[])["friendly_name", "supported_features"])
        {
            if (state.Attributes[name] is { } value) attributes[name] = value.DeepClone();
        }

        _house.States.Seed(state.EntityId, "unavailable", attributes);
    }
}

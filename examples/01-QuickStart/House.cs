using System.Globalization;
using HassSocket;
using HassSocket.Testing;

namespace QuickStart;

/// <summary>The house of this story: a real one where the environment names it, else one in this program.</summary>
internal sealed class House : IAsyncDisposable
{
    private readonly HomeAssistantSimulator? _simulator;

    private House(HassSocketOptions options, HomeAssistantSimulator? simulator)
    {
        Options = options;
        _simulator = simulator;
    }

    public HassSocketOptions Options { get; }

    public string Introduction => _simulator is null
        ? $"The house at {Options.BaseUrl ?? Options.WebSocketUrl}, which HASS_SERVER names."
        : "HASS_SERVER is not set, so this house is a simulated one.";

    public string WhatNext => _simulator is null
        ? "Next: your own program; docs/getting-started.md says how."
        : "Next: your own house, with HASS_SERVER and HASS_TOKEN set.";

    public static async Task<House> OpenAsync()
    {
        if (Environment.GetEnvironmentVariable("HASS_SERVER") is { Length: > 0 })
            return new House(HassSocketOptions.FromEnvironment(), null);
        var simulator = new HomeAssistantSimulator();
        await simulator.ListenAsync();
        return new House(new HassSocketOptions { BaseUrl = simulator.BaseUrl.ToString(), Token = simulator.Token }, simulator);
    }

    /// <summary>A light to play with: HASS_LIGHT, the demo's bed light, or the first there is.</summary>
    public string Light(IReadOnlyList<EntityState> states)
    {
        var wanted = Environment.GetEnvironmentVariable("HASS_LIGHT") ?? "light.bed_light";
        var lights = states.Where(state => state.Domain == "light" && state.State is "on" or "off").Select(state => state.EntityId).ToList();
        if (lights.Contains(wanted)) return wanted;
        return _simulator is null && lights.Count == 0
            ? throw new InvalidOperationException("This house has no light that is on or off; name one in HASS_LIGHT.")
            : lights[0];
    }

    /// <summary>Cuts the line: the simulator drops it without a farewell; a real server is left alone, so the client stops and starts.</summary>
    public async Task CutAsync(HassSocketClient client)
    {
        if (_simulator is not null)
        {
            _simulator.Faults.DropAll();
            return;
        }

        await client.StopAsync();
        await client.StartAsync();
    }

    /// <summary>Lets something happen in the simulated house now and then; a real one has a life of its own.</summary>
    public async Task HappenAsync(CancellationToken end)
    {
        for (var degrees = 18.5; _simulator is not null && !end.IsCancellationRequested; degrees += 0.1)
        {
            _simulator.SetState("sensor.outside_temperature", degrees.ToString("0.0", CultureInfo.InvariantCulture));
            await Task.Delay(TimeSpan.FromSeconds(2), end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_simulator is not null) await _simulator.DisposeAsync();
    }
}

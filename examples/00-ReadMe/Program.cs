// The example of the README: the whole program, as it stands there.
// <snippet:readme>
using HassSocket;

var token = Environment.GetEnvironmentVariable("HASS_TOKEN")!;
await using var hass = await HassSocketClient.ConnectAsync("http://homeassistant.local:8123", token);
using var connects = hass.OnConnect.Subscribe(c => Console.WriteLine($"Connected, {c.ServerVersion}"));

await hass.CallServiceAsync("light", "turn_on", new { brightness_pct = 40 }, Target.Entity("light.kitchen"));
await foreach (var change in hass.OnEvent("state_changed").ReadAllAsync())
    Console.WriteLine($"{change.TimeFired:T} {change.Data().GetProperty("entity_id")}");
// </snippet:readme>

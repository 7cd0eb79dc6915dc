using HassSocket;
using Microsoft.Extensions.Options;
using QuickStart;

// Talks to HASS_SERVER with HASS_TOKEN where they are set, else to a house that lives in this program.
var story = new Story();
try
{
    await using var house = await House.OpenAsync();
    (house.Options.SocketWarnRequestsPerSec, house.Options.SocketAvgDuration) = (10, TimeSpan.FromSeconds(2));
    await using var hass = new HassSocketClient(house.Options);
    using var states = hass.StateChanges.Subscribe(story.Tell);
    using var connects = hass.OnConnect.Subscribe(story.Tell);
    using var warnings = hass.TrafficWarnings.Subscribe(story.Tell);
    using var changes = hass.OnEvent("state_changed").Subscribe(story.Tell);
    using var postcards = hass.OnEvent("quick_start_postcard").Subscribe(story.Tell);

    story.Say(house.Introduction);
    story.Chapter("Connect and authenticate");
    await hass.StartAsync();
    var config = await hass.GetConfigAsync();
    var roundTrip = await hass.PingAsync();
    story.Say($"{config.LocationName}: Home Assistant {config.Version}, {config.State}, round trip {roundTrip.TotalMilliseconds:0.0} ms");
    var entities = await hass.GetStatesAsync();
    story.Say($"{entities.Count} entities live there");

    story.Chapter("Call a service, and hear what it does");
    var light = house.Light(entities);
    await hass.CallServiceAsync("light", "toggle", Target.Entity(light));
    await story.HeardAsync(light);

    story.Chapter("Fire an event, and receive it back");
    await hass.FireEventAsync("quick_start_postcard", new System.Text.Json.Nodes.JsonObject { ["text"] = "Greetings from .NET" });
    await story.HeardAsync("quick_start_postcard");

    story.Chapter("Pause: nothing leaves, nothing comes, the line stays");
    hass.PauseMessages = true;
    await story.AttemptAsync("toggle the light while paused", () => hass.CallServiceAsync("light", "toggle", Target.Entity(light)));
    hass.PauseMessages = false;
    await hass.CallServiceAsync("light", "toggle", Target.Entity(light));
    await story.HeardAsync(light);

    story.Chapter("Lose the connection, and heal");
    await house.CutAsync(hass);
    await story.ConnectedAgainAsync();
    await hass.CallServiceAsync("light", "toggle", Target.Entity(light));
    await story.HeardAsync(light);
    story.Say("the subscriptions were restored: that event came over the new connection");

    story.Chapter("Send too much, and be warned");
    await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => hass.PingAsync()));
    await story.WarnedAsync();

    if (args.Contains("--watch")) await story.WatchAsync(house.HappenAsync);
    return story.End(house.WhatNext);
}
catch (Exception problem) when (problem is HassSocketException or OptionsValidationException or InvalidOperationException or TimeoutException)
{
    return story.Fail(problem.Message);
}

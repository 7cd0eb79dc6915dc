using System.Text.Json;
using System.Text.Json.Nodes;
using HassSocket.Dialect;
using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Commands;

public sealed class CommandTests : IAsyncDisposable
{
    private readonly AskedSocket _socket = new();

    public ValueTask DisposeAsync() => _socket.DisposeAsync();

    [Fact]
    public async Task Ping_measures_the_round_trip()
    {
        var clock = new ManualTimeProvider();
        _socket.OnSend = () => clock.Advance(TimeSpan.FromMilliseconds(12));
        Assert.Equal(TimeSpan.FromMilliseconds(12), await _socket.PingAsync(clock));
        Assert.Equal(["""{"id":7,"type":"ping"}"""], _socket.Sent);
    }

    [Fact]
    public async Task States_are_read_as_the_server_writes_them()
    {
        _socket.Result = """
            [{"entity_id":"scene.evening","state":"unknown","attributes":{"entity_id":["light.bed_light"],"friendly_name":"Evening"},"last_changed":"2026-11-23T01:47:45.722716+00:00","last_reported":"2026-11-23T01:47:46+00:00","last_updated":"2026-11-23T01:47:45.722716+00:00","context":{"id":"01M831CY5TFYSGFRE8CSDGYWPT","parent_id":null,"user_id":null}},
             {"entity_id":"sensor.odd","state":21.5,"attributes":null,"last_changed":1795398465.5,"last_updated":null,"context":null,"new_member":{"x":[1]}}]
            """;
        var states = await _socket.GetStatesAsync();
        Assert.Equal(["""{"id":7,"type":"get_states"}"""], _socket.Sent);
        Assert.Equal("scene.evening is unknown", states[0].ToString());
        Assert.Equal("scene", states[0].Domain);
        Assert.Equal("Evening", states[0].Attribute("friendly_name")?.GetString());
        Assert.Null(states[0].Attribute("brightness"));
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 1, 47, 46, TimeSpan.Zero), states[0].LastReported);
        Assert.Equal("01M831CY5TFYSGFRE8CSDGYWPT", states[0].Context.Id);
        Assert.Equal(("21.5", JsonValueKind.Object, EventContext.None), (states[1].State, states[1].Attributes.ValueKind, states[1].Context));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_795_398_465_500), states[1].LastChanged);
        Assert.Equal(default, states[1].LastUpdated);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_says_where_and_for_whom()
    {
        _socket.Result = """[{"entity_id":"a.b"},{"entity_id":"c.d","context":[]}]""";
        var violation = await Assert.ThrowsAsync<ProtocolViolationException>(() => _socket.GetStatesAsync());
        Assert.Equal(("get_states", 7L, "$[1].context"), (violation.Command, violation.Key, violation.Path));
        Assert.Contains("'get_states' (id 7)", violation.Message, StringComparison.Ordinal);
        Assert.Contains("$[1].context", violation.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("[]")]
    public async Task An_answer_of_another_kind_is_a_violation(string result)
    {
        _socket.Result = result;
        Assert.Equal("get_config", (await Assert.ThrowsAsync<ProtocolViolationException>(() => _socket.GetConfigAsync())).Command);
    }

    [Fact]
    public async Task The_configuration_is_read_and_what_is_new_is_passed_over()
    {
        _socket.Result = """
            {"allowlist_external_dirs":["/config/www"],"allowlist_external_urls":[],"components":["sun","demo.light"],"config_dir":"/config","config_source":"storage",
             "country":null,"currency":"EUR","debug":false,"elevation":12,"external_url":null,"language":"en","latitude":52.3731339,"longitude":"4.8903147",
             "location_name":"Home","logging":{"log_file_disabled_reason":null},"radius":100,"recovery_mode":false,"safe_mode":false,"state":"RUNNING",
             "time_zone":"Europe/Amsterdam","unit_system":{"length":"km","mass":"g","temperature":"°C","wind_speed":"m/s"},"version":"2026.11.0"}
            """;
        var config = await _socket.GetConfigAsync();
        Assert.Equal(["""{"id":7,"type":"get_config"}"""], _socket.Sent);
        Assert.True(config.IsRunning);
        Assert.Equal(("2026.11.0", "Europe/Amsterdam", "°C", ""), (config.Version, config.TimeZone, config.UnitSystem.Temperature, config.UnitSystem.Area));
        Assert.Equal((52.3731339, 4.8903147, 12d), (config.Latitude, config.Longitude, config.Elevation));
        Assert.Equal(["sun", "demo.light"], config.Components);
        Assert.Null(config.Country);
    }

    [Fact]
    public async Task The_catalog_finds_services_and_their_fields()
    {
        _socket.Result = """
            {"homeassistant":{"restart":{"fields":{}},"turn_on":{"fields":{},"target":{}}},
             "light":{"turn_on":{"fields":{"brightness_pct":{"filter":{"x":1},"selector":{"number":{"min":0,"max":100}}},"advanced_fields":{"collapsed":true,"fields":{"flash":{"advanced":true}}}},"target":{"entity":[{"domain":["light"]}]}}},
             "weather":{"get_forecasts":{"fields":{"type":{"required":true,"example":"daily"}},"response":{"optional":false}}}}
            """;
        var services = await _socket.GetServicesAsync();
        Assert.Equal(["""{"id":7,"type":"get_services"}"""], _socket.Sent);
        Assert.Equal(3, services.Domains.Count);
        Assert.Null(services.Find("light", "nope"));
        Assert.Null(services.Find("nope", "turn_on"));
        Assert.Null(services.Find("homeassistant", "restart")!.Target);
        Assert.Equal("{}", services.Find("homeassistant", "turn_on")!.Target?.GetRawText());
        Assert.True(services.Find("light", "turn_on")!.Fields["advanced_fields"].Fields["flash"].Advanced);
        var forecasts = services.Find("weather", "get_forecasts")!;
        Assert.False(forecasts.Response!.Optional);
        Assert.True(forecasts.Fields["type"].Required);
    }

    [Fact]
    public async Task An_event_is_fired_with_its_data_and_gives_its_context()
    {
        _socket.Result = """{"context":{"id":"01M8","parent_id":null,"user_id":"u"}}""";
        Assert.Equal(new EventContext { Id = "01M8", UserId = "u" }, await _socket.FireEventAsync("doorbell", new JsonObject { ["who"] = "postman" }));
        await _socket.FireEventAsync("doorbell");
        await _socket.FireEventAsync("doorbell", new { who = "Jürgen <&>" });
        Assert.Equal(
            [
                """{"id":7,"type":"fire_event","event_type":"doorbell","event_data":{"who":"postman"}}""",
                """{"id":7,"type":"fire_event","event_type":"doorbell"}""",
                """{"id":7,"type":"fire_event","event_type":"doorbell","event_data":{"who":"Jürgen <&>"}}""",
            ],
            _socket.Sent);
    }

    [Fact]
    public async Task The_raw_door_sends_any_command_and_gives_json()
    {
        using var stop = new CancellationTokenSource();
        _socket.Result = """{"slug":"kok_lampa"}""";
        var result = await _socket.SendMessageAsync("slugify", new JsonObject { ["text"] = "Kök Lampa", ["nested"] = new JsonObject { ["id"] = null } }, stop.Token);
        Assert.Equal("kok_lampa", result.GetProperty("slug").GetString());
        Assert.Equal(stop.Token, _socket.LastToken);
        await _socket.PostMessageAsync("ping");
        Assert.Equal(["""{"id":7,"type":"slugify","text":"Kök Lampa","nested":{"id":null}}"""], _socket.Sent);
        Assert.Equal(["""{"id":7,"type":"ping"}"""], _socket.Posted);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _socket.SendMessageAsync("x", new JsonObject { ["id"] = 3 }));
    }

    [Fact]
    public void An_envelope_carries_the_wishes_of_its_command()
    {
        var envelope = RequestEncoder.ToEnvelope(new RawCommand("x")
        {
            ExpectResponseAfter = TimeSpan.FromMinutes(2),
            WhenDisconnected = WhenUnavailable.Fail,
            WhenPaused = WhenUnavailable.Wait,
        });
        Assert.Equal(("x", TimeSpan.FromMinutes(2), WhenUnavailable.Fail, WhenUnavailable.Wait),
            (envelope.Name, envelope.ExpectResponseAfter!.Value, envelope.WhenDisconnected!.Value, envelope.WhenPaused!.Value));
        Assert.True(envelope.ReplyAtSessionEnd.IsEmpty);
    }
}

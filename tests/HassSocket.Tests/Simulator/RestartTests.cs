using System.Text.Json.Nodes;
using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Simulator;

public sealed class RestartTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly HomeAssistantSimulator _house;

    public RestartTests() => _house = new HomeAssistantSimulator(new() { TimeProvider = _time });

    [Fact]
    public async Task Restart_closes_everybody_answers_nobody_and_refuses_for_a_while()
    {
        await using var one = await RawClient.LoginAsync(_house);
        await using var two = await RawClient.LoginAsync(_house);
        await one.AskAsync("""{"id":1,"type":"subscribe_events","event_type":"call_service"}""");
        await one.SendAsync("""{"id":2,"type":"call_service","domain":"script","service":"slow"}""");
        await one.ReadAsync();

        await two.SendAsync("""{"id":1,"type":"call_service","domain":"homeassistant","service":"restart"}""");

        await two.ExpectClosedAsync();
        await one.ExpectClosedAsync();
        await Assert.ThrowsAsync<NotConnectedException>(() => RawClient.DialAsync(_house));
        _time.Advance(TimeSpan.FromSeconds(6.9));
        await Assert.ThrowsAsync<NotConnectedException>(() => RawClient.DialAsync(_house));
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await using var again = await RawClient.LoginAsync(_house);
        Assert.Equal("NOT_RUNNING", await StateAsync(again, 1));
    }

    [Fact]
    public async Task Starting_server_knows_little_at_first_and_tells_what_it_learns()
    {
        _house.Restart(new SimulatedRestart { DownFor = TimeSpan.Zero });
        _time.Advance(TimeSpan.Zero);
        await using var client = await RawClient.LoginAsync(_house);

        Assert.Equal("unknown_command", (string?)(await client.AskAsync("""{"id":1,"type":"todo/item/subscribe","entity_id":"todo.x"}"""))["error"]!["code"]);
        Assert.Equal("not_found", (string?)(await client.AskAsync("""{"id":2,"type":"call_service","domain":"light","service":"turn_on","target":{"entity_id":"light.bed_light"}}"""))["error"]!["code"]);
        await client.AskAsync("""{"id":3,"type":"subscribe_events"}""");
        await client.AskAsync("""{"id":4,"type":"subscribe_entities","entity_ids":["light.bed_light","input_boolean.guest_mode"]}""");
        await client.ExpectAsync("""{"id":4,"type":"event","event":{"a":{}}}""");
        await client.SendAsync("""{"id":5,"type":"subscribe_trigger","trigger":{"trigger":"event","event_type":"homeassistant_start"}}""");
        await _house.WaitForCommandAsync("subscribe_trigger");

        _time.Advance(TimeSpan.FromSeconds(3));
        await client.SendAsync("""{"id":6,"type":"get_config"}""");

        var seen = new List<string>();
        while (true)
        {
            var message = await client.ReadJsonAsync();
            seen.Add(Describe(message));
            if ((int?)message["id"] == 6) break;
        }

        string[] lifecycle = ["core_config_updated", "homeassistant_start", "trigger", "core_config_updated", "homeassistant_started", "result 6"];
        Assert.Equal(lifecycle, seen.Where(line => lifecycle.Contains(line)));
        Assert.True(seen.IndexOf("result 5") < seen.IndexOf("core_config_updated"));
        Assert.Equal(["added input_boolean.guest_mode", "added light.bed_light"], seen.Where(line => line.StartsWith("added", StringComparison.Ordinal)).Order());
        Assert.Contains("component_loaded", seen);
        Assert.Contains("service_registered", seen);
        Assert.Equal("RUNNING", await StateAsync(client, 7));
        Assert.Equal(180, _house.States.Count);
    }

    [Fact]
    public async Task Restored_entities_are_there_but_unavailable()
    {
        _house.Restart(new SimulatedRestart { DownFor = TimeSpan.Zero, RestoresEntities = true });
        _time.Advance(TimeSpan.Zero);

        var light = _house.GetState("light.bed_light")!;
        Assert.Equal(("unavailable", true), (light.State, (bool)light.Attributes["restored"]!));
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal("off", _house.GetState("light.bed_light")!.State);
        await using var client = await RawClient.LoginAsync(_house);
        Assert.Equal("RUNNING", await StateAsync(client, 1));
    }

    [Fact]
    public async Task Restart_over_a_socket_refuses_the_connection_itself_and_comes_back_at_the_same_address()
    {
        await _house.ListenAsync();
        var address = _house.BaseUrl;
        using (var before = await RawSocket.DialAsync(address)) Assert.StartsWith("HTTP/1.1 101", before.Head, StringComparison.Ordinal);

        _house.Restart();
        await UntilAsync(async () => !await AcceptsAsync(address));
        _time.Advance(TimeSpan.FromSeconds(7));

        await UntilAsync(() => AcceptsAsync(address));
        Assert.Equal(address, _house.BaseUrl);
    }

    [Fact]
    public async Task Frozen_server_says_nothing_until_it_is_thawed_and_drops_nobody_for_its_own_sleep()
    {
        await using var client = await RawClient.LoginAsync(_house);
        _house.Faults.Frozen = true;
        await client.SendAsync("""{"id":1,"type":"ping"}""");
        var answer = client.ReadAsync();
        var dial = RawClient.DialAsync(_house);

        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.False(answer.IsCompleted);
        Assert.False(dial.IsCompleted);
        _house.Faults.Frozen = false;

        Assert.Equal("""{"id":1,"type":"pong"}""", await answer);
        await using var late = await dial;
        Assert.Contains("auth_required", await late.ReadAsync(), StringComparison.Ordinal);
        Assert.True(_house.Connections[0].IsOpen);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    private static async Task<string?> StateAsync(RawClient client, int id)
        => (string?)(await client.AskAsync($$"""{"id":{{id}},"type":"get_config"}"""))["result"]!["state"];

    private static string Describe(JsonNode message)
    {
        if ((string?)message["type"] == "result") return $"result {message["id"]}";
        var fired = message["event"]!.AsObject();
        if (fired.ContainsKey("variables")) return "trigger";
        return fired["a"] is JsonObject added ? $"added {added.Single().Key}" : (string?)fired["event_type"] ?? "?";
    }

    private static async Task<bool> AcceptsAsync(Uri address)
    {
        try
        {
            using var socket = await RawSocket.DialAsync(address);
            return true;
        }
        catch (Exception failure) when (failure is System.Net.Sockets.SocketException or IOException)
        {
            return false;
        }
    }

    /// <summary>Asks a real socket until it is as it should be; each question takes its own time.</summary>
    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var guard = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await isSo())
        {
            guard.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}

using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Simulator;

public sealed class RenderTemplateTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 1, 50, 30, TimeSpan.Zero));
    private readonly HomeAssistantSimulator _house;

    public RenderTemplateTests() => _house = new HomeAssistantSimulator(new() { TimeProvider = _time });

    [Fact]
    public async Task Template_that_looks_at_the_clock_is_rendered_as_each_minute_begins()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.AskAsync("""{"id":1,"type":"render_template","template":"{{ now().minute }}"}""");
        await client.ExpectAsync("""{"id":1,"type":"event","event":{"result":50,"listeners":{"all":false,"entities":[],"domains":[],"time":true}}}""");

        _time.Advance(TimeSpan.FromSeconds(30));
        await client.ExpectAsync("""{"id":1,"type":"event","event":{"result":51,"listeners":{"all":false,"entities":[],"domains":[],"time":true}}}""");
        _time.Advance(TimeSpan.FromSeconds(60));
        await client.ExpectAsync("""{"id":1,"type":"event","event":{"result":52,"listeners":{"all":false,"entities":[],"domains":[],"time":true}}}""");
    }

    [Fact]
    public async Task Template_that_comes_to_the_same_value_is_not_told_again()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.AskAsync("""{"id":1,"type":"render_template","template":"{{ states('sensor.a') | float(0) > 10 }}"}""");
        await client.ReadAsync();

        foreach (var state in (string[])["1", "2", "11", "12"]) _house.SetState("sensor.a", state);
        await client.ExpectAsync("""{"id":1,"type":"event","event":{"result":true,"listeners":{"all":false,"entities":["sensor.a"],"domains":[],"time":false}}}""");
        await client.AsksAsync("""{"id":2,"type":"ping"}""", """{"id":2,"type":"pong"}""");
    }

    [Fact]
    public async Task Template_that_takes_longer_than_it_may_is_refused_and_the_house_goes_on()
    {
        const string Loops = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}";
        await using var client = await RawClient.LoginAsync(_house);
        await client.AsksAsync(
            $$"""{"id":1,"type":"render_template","template":"{{Loops}}","timeout":0.1}""",
            """{"id":1,"type":"result","success":false,"error":{"code":"template_error","message":"Exceeded maximum execution time of 0.1s"}}""");
        await client.AsksAsync("""{"id":2,"type":"ping"}""", """{"id":2,"type":"pong"}""");
    }

    [Fact]
    public async Task Nothing_is_rendered_any_more_once_the_subscription_has_ended()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.AskAsync("""{"id":1,"type":"render_template","template":"{{ states('sensor.a') }} {{ now().minute }}"}""");
        await client.ReadAsync();
        await client.AskAsync("""{"id":2,"type":"unsubscribe_events","subscription":1}""");

        _house.SetState("sensor.a", "1");
        _time.Advance(TimeSpan.FromSeconds(120));

        await client.AsksAsync("""{"id":3,"type":"ping"}""", """{"id":3,"type":"pong"}""");
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();
}

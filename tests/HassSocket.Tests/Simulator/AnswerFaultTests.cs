using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Simulator;

public sealed class AnswerFaultTests : IAsyncLifetime
{
    private const string Ping = """{"id":1,"type":"ping"}""";
    private const string Pong = """{"id":1,"type":"pong"}""";

    private readonly ManualTimeProvider _time = new();
    private readonly HomeAssistantSimulator _house;

    public AnswerFaultTests() => _house = new HomeAssistantSimulator(new() { TimeProvider = _time, StartsEmpty = true });

    [Fact]
    public async Task Answer_leaves_twice()
    {
        await using var client = await RawClient.LoginAsync(_house);
        _house.Faults.SpoilAnswers("ping", AnswerFault.Twice);

        await client.AsksAsync(Ping, Pong);
        await client.ExpectAsync(Pong);
    }

    [Fact]
    public async Task Id_comes_last()
    {
        await using var client = await RawClient.LoginAsync(_house);
        _house.Faults.SpoilAnswers("get_states", AnswerFault.IdLast);

        await client.AsksAsync("""{"id":1,"type":"get_states"}""", """{"type":"result","success":true,"result":[],"id":1}""");
    }

    [Fact]
    public async Task White_space_stands_wherever_it_may()
    {
        await using var client = await RawClient.LoginAsync(_house);
        _house.Faults.SpoilAnswers("ping", AnswerFault.Padded);
        await client.SendAsync(Ping);

        var padded = (await client.ReadAsync())!;

        Assert.Matches("^\\s+\\{\\s+\"id\": 1,\\s+\"type\": \"pong\"\\s+\\}\\s+$", padded);
    }

    [Fact]
    public async Task Pong_comes_late()
    {
        await using var client = await RawClient.LoginAsync(_house);
        _house.Faults.SpoilAnswers("ping", AnswerFault.Late(TimeSpan.FromSeconds(20)));
        await client.SendAsync(Ping);
        await client.AsksAsync("""{"id":2,"type":"get_states"}""", """{"id":2,"type":"result","success":true,"result":[]}""");

        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(20));
        _time.Advance(TimeSpan.FromSeconds(20));

        await client.ExpectAsync(Pong);
    }

    [Fact]
    public async Task One_command_is_never_answered_and_the_next_one_is()
    {
        await using var client = await RawClient.LoginAsync(_house);
        _house.Faults.SpoilAnswers("ping", AnswerFault.Never with { Times = 1 });
        await client.SendAsync(Ping);

        await client.AsksAsync("""{"id":2,"type":"ping"}""", """{"id":2,"type":"pong"}""");
    }

    [Fact]
    public async Task Every_answer_is_slow_but_those_with_a_fault_of_their_own()
    {
        await using var client = await RawClient.LoginAsync(_house);
        _house.Faults.SpoilAnswers(AnswerFault.Late(TimeSpan.FromSeconds(5)));
        _house.Faults.SpoilAnswers("ping", new AnswerFault());
        await client.SendAsync("""{"id":1,"type":"get_states"}""");

        await client.AsksAsync("""{"id":2,"type":"ping"}""", """{"id":2,"type":"pong"}""");
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(5));
        _time.Advance(TimeSpan.FromSeconds(5));
        await client.ExpectAsync("""{"id":1,"type":"result","success":true,"result":[]}""");

        _house.Faults.AnswerAgain();
        await client.AsksAsync("""{"id":3,"type":"get_states"}""", """{"id":3,"type":"result","success":true,"result":[]}""");
    }

    [Fact]
    public async Task Half_a_batch_is_lost()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.AskAsync("""{"id":1,"type":"supported_features","features":{"coalesce_messages":1}}""");
        _house.Connections[0].LoseHalfOfNextBatch();

        await client.AsksAsync(
            """[{"id":2,"type":"ping"},{"id":3,"type":"ping"},{"id":4,"type":"ping"}]""", """[{"id":2,"type":"pong"},{"id":3,"type":"pong"}]""");
        await client.AsksAsync(
            """[{"id":5,"type":"ping"},{"id":6,"type":"ping"}]""", """[{"id":5,"type":"pong"},{"id":6,"type":"pong"}]""");
    }

    [Fact]
    public async Task Flood_comes_in_one_moment_and_in_order()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.AskAsync("""{"id":1,"type":"supported_features","features":{"coalesce_messages":1}}""");
        await client.AskAsync("""{"id":2,"type":"subscribe_events","event_type":"flood"}""");

        _house.Faults.Flood(1000);

        var events = (await client.ReadJsonAsync()).AsArray();
        Assert.Equal(Enumerable.Range(0, 1000), events.Select(item => (int)item!["event"]!["data"]!["number"]!));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();
}

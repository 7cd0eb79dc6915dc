using HassSocket.Core.Tests.Support;
using Xunit;

namespace HassSocket.Core.Tests.Sending;

public sealed class BatchTests
{
    [Fact]
    public async Task While_a_write_is_stuck_the_rest_gathers_into_frames_of_64_in_order()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        server.StuckWrites = true;
        for (var i = 1; i <= 201; i++) _ = fixture.SendAsync($"c{i}");
        server.StuckWrites = false;

        var frames = new List<string[]>();
        while (frames.Sum(frame => frame.Length) < 201) frames.Add((await server.ReadAsync()).Split('\n'));

        Assert.Equal([1, 64, 64, 64, 8], frames.Select(frame => frame.Length));
        Assert.Equal(Enumerable.Range(1, 201).Select(i => $"{i} c{i}"), frames.SelectMany(frame => frame));
    }

    [Fact]
    public async Task A_frame_holds_at_most_256_KiB_and_larger_commands_travel_alone()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        server.StuckWrites = true;
        foreach (var kib in new[] { 1, 100, 100, 100, 1, 300, 1, 255, 1 }) _ = fixture.SendAsync(new string('x', kib * 1024), new CommandEnvelope("x"));
        server.StuckWrites = false;

        var sizes = new List<string>();
        for (var commands = 0; commands < 9;)
        {
            var frame = (await server.ReadAsync()).Split('\n');
            commands += frame.Length;
            sizes.Add(string.Join('+', frame.Select(line => line.Length / 1024)));
        }

        Assert.Equal(["1", "100+100", "100+1", "300", "1", "255", "1"], sizes);
    }

    [Fact]
    public async Task A_batch_is_never_larger_than_what_the_server_takes()
    {
        await using var fixture = new ConnectionFixture(dialect: new EchoDialect { Facts = EchoFacts with { MaxRequestBytes = 1_000 } });
        var server = await fixture.ReadyAsync();
        server.StuckWrites = true;
        for (var i = 0; i < 4; i++) _ = fixture.SendAsync(new string('x', 400), new CommandEnvelope("x"));
        server.StuckWrites = false;

        var frames = new[] { await server.ReadAsync(), await server.ReadAsync(), await server.ReadAsync() };

        Assert.Equal([1, 2, 1], frames.Select(frame => frame.Split('\n').Length));
        Assert.All(frames, frame => Assert.True(frame.Length < 1_000));
    }

    [Theory]
    [InlineData(BatchCommands.Auto, true, 3)]
    [InlineData(BatchCommands.Auto, false, 1)]
    [InlineData(BatchCommands.Always, false, 3)]
    [InlineData(BatchCommands.Never, true, 1)]
    public async Task Batches_are_used_where_the_option_and_the_endpoint_agree(BatchCommands option, bool accepted, int expected)
    {
        await using var fixture = new ConnectionFixture(
            o => o.BatchCommands = option, new EchoDialect { Facts = EchoFacts with { AcceptsBatches = accepted } });
        var server = await fixture.ReadyAsync();
        server.StuckWrites = true;
        for (var i = 0; i < 4; i++) _ = fixture.SendAsync("x");
        server.StuckWrites = false;

        Assert.Equal("1 x", await server.ReadAsync());
        Assert.Equal(expected, (await server.ReadAsync()).Split('\n').Length);
    }

    [Fact]
    public async Task A_message_without_key_travels_alone_and_commands_gather_around_it()
    {
        await using var fixture = new ConnectionFixture(o => o.WaitForReady = TimeSpan.FromHours(1), new RelayDialect { Facts = RelayFacts with { AcceptsBatches = true, Batch = EchoFacts.Batch } });
        var server = await fixture.ReadyAsync();
        server.StuckWrites = true;
        _ = fixture.SendAsync("a");
        _ = fixture.SendAsync("b");
        fixture.Clock.Advance(TimeSpan.FromSeconds(30));
        _ = fixture.SendAsync("c");
        server.StuckWrites = false;

        Assert.Equal(["1 a", "PING", "2 b\n3 c"], [await server.ReadAsync(), await server.ReadAsync(), await server.ReadAsync()]);
    }

    private static DialectFacts EchoFacts => new EchoDialect().Facts;

    private static DialectFacts RelayFacts => new RelayDialect().Facts;

    [Fact]
    public async Task While_many_calls_are_in_flight_the_pool_writes_so_that_those_who_follow_share_a_frame()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        using var written = new ManualResetEventSlim();
        var writer = 0;
        fixture.Hooks.OnSend = (_, send) =>
        {
            writer = Environment.CurrentManagedThreadId;
            written.Set();
            return send();
        };

        // This thread is not given back between a call and its write: whoever writes meanwhile is another one.
        var writers = Enumerable.Range(1, 17).Select(call =>
        {
            written.Reset();
            _ = fixture.SendAsync($"c{call}");
            Assert.True(written.Wait(ConnectionFixture.Guard));
            return writer == Environment.CurrentManagedThreadId;
        }).ToArray();

        Assert.Equal([.. Enumerable.Repeat(true, 16), false], writers);
        for (var call = 1; call <= 17; call++) Assert.Equal($"{call} c{call}", await server.ReadAsync());
    }
}

using HassSocket.Testing;
using HassSocket.Trpc.Tests.Replay;
using Xunit;

namespace HassSocket.Trpc.Tests.Fake;

/// <summary>What recorded clients asked is asked of the fake server, whose answers are judged by those of the real one.</summary>
public sealed class FakeServerReplayTests
{
    // Each with the number of answers that are judged, so that none is left out unseen.
    public static TheoryData<string, int> Scenarios => new()
    {
        { "v11-plain.query-mutation", 10 },
        { "v11-superjson.query-mutation", 10 },
        { "v11-plain.subscription-life", 45 },
        { "v11-superjson.subscription-life", 45 },
        { "v11-plain.ids", 24 },
        { "v11-plain.batch", 44 },
        { "v11-superjson.batch", 44 },
        { "v11-plain.batch-limit", 10 },
        { "v11-plain.malformed", 34 },
        { "v11-superjson.malformed", 34 },
        { "v11-plain.wrong-kind-or-path", 13 },
        { "v11-plain.tracked-resume", 41 },
        { "v11-superjson.tracked-resume", 41 },
        { "v11-plain.context-fails", 13 },
        { "v11-plain.connection-params", 29 },
        { "v11-superjson.connection-params", 29 },
        { "v11-plain.errors-codes", 27 },
        { "v11-superjson.errors-codes", 27 },
        { "v11-plain.client-leaves", 5 },
        { "v11-superjson.auth-cookie", 24 },
        { "v11-superjson.homarr-like", 23 },
        { "v11-plain.text", 13 },
        { "v11-superjson.text", 13 },
        { "v11-plain.hundred-subscriptions", 650 },
    };

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task The_fake_server_answers_as_the_recorded_one(string scenario, int answers)
    {
        var recording = Recording.Named(scenario);
        var clock = new ManualTimeProvider();
        await using var server = new FakeTrpcServer(new FakeTrpcServerOptions
        {
            TimeProvider = clock,
            SuperJson = recording.IsSuperJson,
            MaxBatchSize = scenario.EndsWith("batch-limit", StringComparison.Ordinal) ? 3 : null,
        });
        new RecordedProcedures(clock, recording.IsSuperJson).AddTo(server);

        var alike = 0;
        foreach (var number in recording.Lines.Where(line => line is { Connection: > 0, Direction: "!", Text: "connect" }).Select(line => line.Connection).Distinct())
        {
            Line[] lines = [.. recording.Lines.Where(line => line.Connection == number)];
            var playback = await Playback.OpenAsync(server, clock, Array.Find(lines, line => line.Text == "connect"));
            await playback.PlayAsync(lines);
            alike += playback.Alike;
        }

        Assert.Equal(answers, alike);
    }
}

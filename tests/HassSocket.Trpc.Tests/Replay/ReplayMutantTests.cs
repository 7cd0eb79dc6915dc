using HassSocket.Trpc.Tests.Support;
using Xunit;

namespace HassSocket.Trpc.Tests.Replay;

/// <summary>Recordings with one thing changed: a replay that did not notice would prove nothing.</summary>
public sealed class ReplayMutantTests
{
    // What is lost is noticed by a wait that ends; before the change nothing may be late.
    private static readonly TimeSpan ImpatienceAfterTheChange = TimeSpan.FromMilliseconds(300);

    public static TheoryData<string, string, string, string> Mutants => new()
    {
        { "an item is lost", "v11-plain.subscription-life", "\"type\":\"data\",\"data\":1}", "" },
        { "an item is changed", "v11-plain.tracked-resume", "\"data\":{\"i\":2}", "\"data\":{\"i\":3}" },
        { "the id of an item is changed", "v11-plain.tracked-resume", "\"id\":\"2\"}}", "\"id\":\"7\"}}" },
        { "started is lost", "v11-superjson.subscription-life", "\"type\":\"started\"", "" },
        { "stopped is lost", "v11-plain.subscription-life", "\"type\":\"stopped\"", "" },
        { "an answer is lost", "v11-plain.query-mutation", "\"type\":\"data\"", "" },
        { "an answer is changed", "v11-superjson.superjson-output", "2024-02-29", "2024-02-28" },
        { "a tag is changed", "v11-superjson.superjson-output", "\"set\",{", "\"map\",{" },
        { "an equality is lost", "v11-superjson.superjson-output", "\"referentialEqualities\":[[\"self\"]]", "\"values\":{}" },
        { "the key of an error is changed", "v11-superjson.errors-codes", "\"code\":\"CONFLICT\"", "\"code\":\"CONFLICTS\"" },
        { "the status of an error is changed", "v10-superjson.errors-codes", "\"httpStatus\":409", "\"httpStatus\":410" },
        { "the text of an error is changed", "v11-plain.context-fails", "session locked", "session locked now" },
        { "an error becomes a result", "v11-plain.wrong-kind-or-path", "\"error\":{", "\"result\":{" },
        { "the error before the close is lost", "client-v11.v11-superjson.rejected", "{\"id\":null,\"error\"", "" },
        { "a ping is lost", "v11-plain.heartbeat", "PING", "" },
    };

    [Theory]
    [MemberData(nameof(Mutants))]
    public async Task A_changed_recording_is_noticed(string what, string name, string part, string replacement)
    {
        var recording = Recording.Named(name);
        var changes = 0;

        var noticed = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            foreach (var connection in recording.Connections) await Conversation.ReplayAsync(recording, connection, new Tally(), Mutate, () => changes > 0 ? ImpatienceAfterTheChange : Board.Guard);
        });

        Assert.True(changes > 0, $"{what}: there is no {part} in {name}.");
        Assert.IsType<ReplayException>(noticed);

        string? Mutate(string text)
        {
            if (!text.Contains(part, StringComparison.Ordinal)) return text;
            changes++;
            return replacement.Length == 0 ? null : text.Replace(part, replacement, StringComparison.Ordinal);
        }
    }
}

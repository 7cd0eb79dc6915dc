using System.Globalization;
using HassSocket.Testing;
using Xunit;

namespace HassSocket.Core.Tests.Support;

/// <summary>Steps that many tests take as the server.</summary>
internal static class WireScript
{
    /// <summary>Sends a command of its own and answers it: what was sent before has left, and what the server sent before was taken.</summary>
    /// <returns>The requests that came before it, a line each.</returns>
    public static async Task<IReadOnlyList<string>> SentAsync(this ConnectionFixture fixture, MemoryConnection server)
    {
        var seen = new List<string>();
        var last = fixture.SendAsync("last", new CommandEnvelope("last") { WhenPaused = WhenUnavailable.Wait });
        while (!last.IsCompleted)
        {
            foreach (var line in (await server.ReadAsync()).Split('\n'))
            {
                if (line.EndsWith(" last", StringComparison.Ordinal)) server.Send($"{line.Split(' ')[0]} = done");
                else seen.Add(line);
                if (line.EndsWith(" last", StringComparison.Ordinal)) await last.WaitAsync(ConnectionFixture.Guard);
            }
        }

        return seen;
    }

    /// <summary>Reads so many requests of the client, however they are batched.</summary>
    public static async Task<IReadOnlyList<string>> ReadLinesAsync(this MemoryConnection server, int count)
    {
        var lines = new List<string>();
        while (lines.Count < count) lines.AddRange((await server.ReadAsync()).Split('\n'));
        return lines;
    }

    /// <summary>Reads one request of the client for each body, in whatever order they come.</summary>
    /// <returns>The requests in the order of the bodies.</returns>
    public static async Task<IReadOnlyList<string>> ReadRequestsAsync(this MemoryConnection server, params string[] bodies)
    {
        var lines = await server.ReadLinesAsync(bodies.Length);
        return [.. bodies.Select(body => Assert.Single(lines, line => line.Split(' ', 2)[1] == body))];
    }

    /// <summary>Answers a message of the client, which is "key body", with "key answer".</summary>
    public static long Answer(this MemoryConnection server, string request, string answer = "=")
    {
        var key = long.Parse(request.Split(' ')[0], CultureInfo.InvariantCulture);
        server.Send(string.Create(CultureInfo.InvariantCulture, $"{key} {answer}"));
        return key;
    }

    /// <summary>Breaks the line and takes the next dial, after the wait that is due.</summary>
    public static async Task<MemoryConnection> ReconnectAsync(this ConnectionFixture fixture, MemoryConnection server)
    {
        server.Drop();
        var delay = (await fixture.UntilAsync(ConnectionState.Backoff)).NextAttemptIn!.Value;
        if (delay > TimeSpan.Zero) await fixture.Clock.WaitForTimerAsync(delay);
        fixture.Clock.Advance(delay);
        return await fixture.AcceptAsync();
    }

    /// <summary>Waits for a status that meets a condition; statuses are told on other threads.</summary>
    public static async Task<SubscriptionStatus> UntilAsync<T>(this LiveStream<T> stream, Func<SubscriptionStatus, bool> condition)
    {
        var met = new TaskCompletionSource<SubscriptionStatus>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watch = stream.StatusChanges.Subscribe(new Watcher<SubscriptionStatus>(status =>
        {
            if (condition(status)) met.TrySetResult(status);
        }));
        return await met.Task.WaitAsync(ConnectionFixture.Guard);
    }

    public static Task<SubscriptionStatus> UntilAsync<T>(this LiveStream<T> stream, SubscriptionState state) => stream.UntilAsync(status => status.State == state);
}

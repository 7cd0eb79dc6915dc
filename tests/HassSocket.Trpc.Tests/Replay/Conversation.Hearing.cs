using System.Text.Json;
using Xunit;

namespace HassSocket.Trpc.Tests.Replay;

/// <content>What the server says, and what must come of it.</content>
internal sealed partial class Conversation
{
    private async Task HearAsync(Line line)
    {
        var said = Said.TryRead(line.Text);
        if (said is null) Hear(line.Text, line.Text switch { "PING" or "PONG" => line.Text, _ => "odd" });
        else if (said.Id is null) await HearKeylessAsync(said, line.Text);
        else if (said.Error is not null && said.Words.Message == "Duplicate id") _tally.Count("left out: an id that ours would not use twice");
        else if (_open.TryGetValue(said.Id, out var exchange)) await HearAsync(said, exchange, line.Text);
        else Say(said.Under(_ended.TryGetValue(said.Id, out var late) ? late : 999_999), _ended.ContainsKey(said.Id) ? "late" : "answer to what ours did not ask");
        if (line.Text == "PONG") await PongedAsync();
        if (line.Text != "PING") return;
        await _line.UntilAsync(text => text == "PONG");
        _wasPinged = true;
    }

    private async Task HearKeylessAsync(Said said, string text)
    {
        if (said.Error is null)
        {
            Hear(text, "notice");
            return;
        }

        var pending = _open.Values.Where(one => one.IsPending).ToArray();
        var isAboutText = said.Words.Key == "PARSE_ERROR";
        if (isAboutText && _isPinged)
        {
            Hear(text, "error that answers our PING");
            await PongedAsync();
        }
        else if (isAboutText && pending.Length == 1)
        {
            _tally.Count("left out: an error about a message that ours would not send");
        }
        else
        {
            Hear(text, "error without id");
            if (_mutate(text) == text) await _line.KeylessErrorAsync();
            _complaint = said.Words;
            if (pending is [ReplayedCall only]) await FailsAsync(said, only, checkPath: false);
        }
    }

    // The clock may only go on when the client knows that it was answered.
    private Task PongedAsync()
    {
        _isPinged = false;
        return _line.FenceAsync();
    }

    private async Task HearAsync(Said said, Exchange exchange, string text)
    {
        Say(_mutate(text) is { } mutated ? Said.TryRead(mutated)!.Under(exchange.Id) : null, KindOf(said));
        if (exchange is ReplayedCall call) await AnswerAsync(said, call);
        else await RunAsync(said, (ReplayedRun)exchange);
    }

    private static string KindOf(Said said) => said.Error is null ? said.Type : $"error {said.Words.Key}";

    private async Task AnswerAsync(Said said, ReplayedCall call)
    {
        if (said.Error is not null)
        {
            await FailsAsync(said, call);
        }
        else if (said.Type == "data")
        {
            var answer = await _line.GuardAsync(call.Answer);
            Assert.True(Wording.AreEqual(_wording.DataOf(said.Result!.Value), answer), answer);
            _complaint = null;
            End(call);
        }
    }

    private async Task FailsAsync(Said said, ReplayedCall call, bool checkPath = true)
    {
        var error = await Assert.ThrowsAsync<TrpcException>(() => _line.GuardAsync(call.Answer));
        Exchange.AssertError(said, checkPath ? call.Path : error.Path!, error);
        End(call);
    }

    private async Task RunAsync(Said said, ReplayedRun run)
    {
        if (said.Error is not null) await BreakAsync(said, run);
        else if (said.Type == "started") await StartAsync(run);
        else if (said.Type == "data") await ItemAsync(said, run);
        else if (said.Type == "stopped") await CompleteAsync(run);
    }

    private async Task StartAsync(ReplayedRun run)
    {
        run.IsPending = false;
        run.IsStarted = true;
        _complaint = null;
        if (run.IsLeft) await SeeStopAsync(run);
    }

    private async Task ItemAsync(Said said, ReplayedRun run)
    {
        run.HadItem = true;
        _complaint = null;
        if (run.IsLeft) return;
        var (id, data) = await run.Inbox.NextAsync(_line);
        Assert.True(Wording.AreEqual(_wording.DataOf(said.Result!.Value), data), data);
        Assert.Equal(said.Result.Value.TryGetProperty("id", out var eventId) && eventId.ValueKind == JsonValueKind.String ? eventId.GetString() : null, id);
    }

    private async Task CompleteAsync(ReplayedRun run)
    {
        if (!run.IsLeft) await run.Inbox.EndAsync(_line);
        // What has ended by itself is stopped all the same, once.
        await SeeStopAsync(run);
        End(run);
    }

    private async Task BreakAsync(Said said, ReplayedRun run)
    {
        // In the words of the complaint before it, the whole session is refused: the subscription lives on.
        if (run.IsPending && _complaint == said.Words) return;
        if (!run.IsLeft) Exchange.AssertError(said, run.Path, await Assert.ThrowsAsync<TrpcException>(() => run.Inbox.EndAsync(_line)));
        if (run.IsStarted || run.HadItem) await SeeStopAsync(run);
        End(run);
    }

    private void End(Exchange exchange)
    {
        exchange.IsPending = false;
        exchange.HasEnded = true;
        var id = _open.First(one => one.Value == exchange).Key;
        _open.Remove(id);
        _ended[id] = exchange.Id;
    }

    private void Hear(string text, string kind) => Say(_mutate(text) is { } mutated ? System.Text.Encoding.UTF8.GetBytes(mutated) : null, kind);

    private void Say(byte[]? message, string kind)
    {
        _tally.Count($"said: {kind}");
        if (message is not null) _line.Server.Send(message);
    }
}

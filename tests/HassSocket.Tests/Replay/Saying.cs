using System.Globalization;
using HassSocket.Testing;

namespace HassSocket.Tests.Replay;

/// <summary>The server's half of a replayed connection: recorded messages are said again, with ids mapped, and each must have its effect.</summary>
internal sealed class Saying(Outline outline, Asking asking, ServerSide server, MemoryConnection connection, ReplaySettings settings)
{
    /// <summary>Plays a message of the recorded server.</summary>
    /// <returns>Its type, where it belongs to the login.</returns>
    public async Task<string?> SayAsync(Line line)
    {
        if (line.IsCut || outline.Messages[line] is not { } message)
        {
            settings.Note(line, line.IsCut ? Verdict.Cut : Verdict.Unclassified);
            return null;
        }

        if (message.Items is [{ Type: { } type }] && type.StartsWith("auth_", StringComparison.Ordinal) && !asking.IsReady)
        {
            settings.Note(line, Verdict.Fed);
            foreach (var text in settings.Say(line)) connection.Send(text);
            return type;
        }

        await PrepareAsync(message);
        var effects = new List<(Call Call, Item Item)>();
        var isKept = message.Items.Select(item => Expect(line, item, effects)).ToList();
        settings.Note(line, isKept.Contains(true) || isKept.Count == 0 ? Verdict.Fed : Verdict.Shared);
        foreach (var text in settings.Say(line)) Send(text, index => isKept.Count <= index || isKept[index]);
        foreach (var (call, item) in effects) await SettleAsync(call, item, line);
        return null;
    }

    // Whatever is about a call can be said only when the call has arrived; and no call may end before.
    private async Task PrepareAsync(Message message)
    {
        foreach (var item in message.Items)
        {
            if (item.Id is not { } id || asking.Find(id) is not { } call) continue;
            if (call is SubscriptionCall { IsJoined: true } joined) await asking.SeeAsync(joined.Route.Members[0]);
            else if (call is not UnsubscribeCall { Leaves: false }) await asking.SeeAsync(call);
            if (call is CommandCall { IsAnswered: false, Ended.IsCompleted: true } early)
                throw new ReplayException($"{early} ended before it was answered: {early.Error?.Message ?? "successfully"}");
        }
    }

    private bool Expect(Line line, Item item, List<(Call Call, Item Item)> effects)
    {
        if (item.Id is not { } id || asking.Find(id) is not { } call) return true;
        if (item.IsEvent && call is SubscriptionCall subscription) return subscription.Expect(line, item.Event);
        if (!item.IsAnswer) return true;
        if (!call.IsAnswered) effects.Add((call, item));
        // Known before it is said: the client may ask again at once.
        if (!call.IsAnswered && item.IsRefusal && call is SubscriptionCall) server.Refuse(call, item);
        call.IsAnswered = true;
        return call is not (SubscriptionCall { IsJoined: true } or UnsubscribeCall { Leaves: false });
    }

    private void Send(string text, Func<int, bool> isKept)
    {
        var message = Message.TryParse(text)!;
        var kept = message.Items.Where((_, index) => isKept(index)).ToHashSet(ReferenceEqualityComparer.Instance);
        if (kept.Count == 0 && message.Items.Count > 0) return;
        connection.Send(message.Compose(id => MovedId.Of(id, asking.Find)?.ToString(CultureInfo.InvariantCulture) ?? id, kept.Contains));
    }

    private async Task SettleAsync(Call call, Item answer, Line line)
    {
        switch (call)
        {
            case CommandCall command:
                if (!await command.Ended.EndsWithinAsync(settings.Patience)) throw new ReplayException($"{command} was answered in {line}, but goes on.");
                if (command.DifferenceFrom(answer) is { } difference) throw new ReplayException($"{command} was answered in {line}, but {difference}");
                break;
            case SubscriptionCall subscription when answer.IsRefusal:
                await SettleRefusalAsync(subscription, answer, line);
                break;
            case SubscriptionCall { HasLeft: false } subscription:
                if (!await subscription.Statuses.UntilAsync(all => all.Latest?.State == SubscriptionState.Active, settings.Patience))
                    throw new ReplayException($"The subscription {subscription} was accepted in {line}, but is {subscription.State}.");
                subscription.IsAccepted = true;
                break;
        }
    }

    // A refusal that may pass makes the client ask whether the server is starting, and then once more, before it is final.
    private async Task SettleRefusalAsync(SubscriptionCall subscription, Item answer, Line line)
    {
        if (subscription.HasLeft) return;
        var isRunning = outline.IsRunningAt(line.Number);
        var isSettled = await subscription.Statuses.UntilAsync(
            all => all.Latest?.State == SubscriptionState.Refused || (!isRunning && all.Latest?.State == SubscriptionState.Waiting), settings.Patience);
        if (!isSettled || subscription.Statuses.Latest?.Error is not HassCommandException refusal || refusal.Code != (answer.ErrorCode ?? "unknown_error"))
        {
            throw new ReplayException(
                $"The subscription {subscription} was refused with '{answer.ErrorCode}' in {line}, but is {subscription.State}: {subscription.Statuses.Latest?.Reason}");
        }

        subscription.IsRefused = subscription.State == SubscriptionState.Refused;
        await asking.SettleAsync();
    }
}

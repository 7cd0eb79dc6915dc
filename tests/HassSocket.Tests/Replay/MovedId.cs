using System.Globalization;

namespace HassSocket.Tests.Replay;

/// <summary>The ids of the replay: those of calls become what the client gave them; all others are moved out of the way.</summary>
internal static class MovedId
{
    // Far above what a client reaches, and still a number of 64 bits.
    private const long OutOfTheWay = 4_000_000_000_000_000;

    /// <summary>What stands for a recorded id on the wire; <see langword="null"/> where the id stays as it is.</summary>
    public static long? Of(string id, Func<string, Call?> find)
    {
        var call = find(id);
        if (call is SubscriptionCall { Route.Id: > 0 } subscription) return subscription.Route.Id;
        if (call is { OnWire.IsCompletedSuccessfully: true }) return call.OnWire.Result;
        return long.TryParse(id, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number is > 0 and < OutOfTheWay
            ? number + OutOfTheWay
            : null;
    }
}

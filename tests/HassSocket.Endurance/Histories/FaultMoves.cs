using System.Globalization;
using HassSocket.Testing;

namespace HassSocket.Endurance.Histories;

/// <summary>Makes faults into deeds.</summary>
internal sealed class FaultMoves(History history, Random random)
{
    private static readonly string[] Garbage =
    [
        "", "\0", "{", "[", "[]", "null", "12", "\"text\"", "{\"id\":", "not json at all", "{}", "[[[]]]", "{\"id\":null,\"type\":\"result\"}",
        "{\"id\":\"1\",\"type\":\"result\",\"success\":true}", "{\"id\":1.5,\"type\":\"event\",\"event\":{}}", "{\"type\":\"event\"}",
        "{\"id\":-1,\"type\":\"result\",\"success\":false,\"error\":{\"code\":\"x\",\"message\":\"y\"}}",
        "{\"id\":99999999999999999999,\"type\":\"pong\"}", "{\"id\":1000000,\"type\":\"result\",\"success\":true,\"result\":1}",
    ];

    private SimulatedFaults Faults => history.World.House.Faults;

    public Move Make(Act fault) => fault switch
    {
        Act.Drop => new Move("", Faults.DropAll),
        Act.Reset => new Move("", Faults.ResetAll),
        Act.Close => Close(),
        Act.Garbage => Send(Garbage[random.Next(Garbage.Length)]),
        Act.BlackHole => Last(fault, () => Faults.BlackHole = true, () => Faults.BlackHole = false),
        Act.Unreachable => Unreachable(),
        Act.HeldLogin => HoldLogin(),
        Act.LateAnswers => AnswerLate(),
        Act.Freeze => Last(fault, () => Faults.Frozen = true, () => Faults.Frozen = false),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "No such fault."),
    };

    private Move Close()
    {
        int[] codes = [1000, 1001, 1008, 1011, 1012, 4000];
        var code = codes[random.Next(codes.Length)];
        return new Move(code.ToString(CultureInfo.InvariantCulture), () => Faults.CloseAll(code));
    }

    private Move Send(string text) => new(text, () => Faults.SendRaw(text));

    private Move Unreachable() => Last(
        Act.Unreachable,
        () =>
        {
            Faults.RefuseConnections = true;
            Faults.DropAll();
        },
        () => Faults.RefuseConnections = false);

    private Move HoldLogin() => Last(
        Act.HeldLogin,
        () =>
        {
            Faults.HoldAuth = true;
            Faults.DropAll();
        },
        () => Faults.HoldAuth = false);

    private Move AnswerLate()
    {
        string[] types = [Nonce.Echo, "subscribe_events", "unsubscribe_events", "subscribe_entities", "ping"];
        var (type, delay) = (types[random.Next(types.Length)], TimeSpan.FromSeconds(random.Next(1, 20)));
        return Last(Act.LateAnswers, () => Faults.DelayAnswers(type, delay), () =>
        {
            Faults.AnswerAgain(type);
            history.Troubles.ExpectLate(TimeSpan.FromSeconds(20));
        });
    }

    // It begins in the books before it does in the house: nothing of the same step may be called calm.
    private Move Last(Act fault, Action begin, Action heal)
    {
        var until = history.Step + random.Next(1, 6);
        history.Troubles.Begin(fault, until, heal);
        return new Move($"until {until}", begin);
    }
}

namespace HassSocket.Testing.Simulator;

/// <summary>Spoils the answers to some types of command, or to all.</summary>
internal sealed class AnswerFaults(House house)
{
    public const string Any = "*";

    private readonly Dictionary<string, AnswerFault> _faults = [];

    public void Set(string type, AnswerFault fault) => house.Ticks.Run(() => _faults[type] = fault);

    public void Clear(string type) => house.Ticks.Run(() => _faults.Remove(type));

    /// <summary>Lets an answer out as it is, or as it is to be spoiled.</summary>
    public void Pass(string type, byte[] answer, Action<byte[]> send)
    {
        if (house.Ticks.Run(() => Take(type)) is not { } fault)
        {
            send(answer);
            return;
        }

        if (fault.Delay == Timeout.InfiniteTimeSpan) return;
        var spoiled = Spoil(answer, fault);
        if (fault.Delay > TimeSpan.Zero) house.After(fault.Delay, SendAll);
        else SendAll();

        void SendAll() => house.Ticks.Run(() =>
        {
            for (var i = 0; i < fault.Copies; i++) send(spoiled);
        });
    }

    private AnswerFault? Take(string type)
    {
        var key = _faults.ContainsKey(type) ? type : Any;
        if (!_faults.TryGetValue(key, out var fault)) return null;
        if (fault.Times is { } times) _faults[key] = fault with { Times = times - 1 };
        if (fault.Times is <= 1) _faults.Remove(key);
        return fault;
    }

    private static byte[] Spoil(byte[] answer, AnswerFault fault)
    {
        if (fault is { PutsIdLast: false, PadsWithWhitespace: false }) return answer;
        var members = ReceivedJson.Parse(answer)!.Value.EnumerateObject().OrderBy(member => fault.PutsIdLast && member.NameEquals("id"));
        var written = JsonBytes.Write(
            writer =>
            {
                writer.WriteStartObject();
                foreach (var member in members) member.WriteTo(writer);
                writer.WriteEndObject();
            },
            isIndented: fault.PadsWithWhitespace);
        return fault.PadsWithWhitespace ? [.. " \r\n\t"u8, .. written, .. "\n \t"u8] : written;
    }
}

using System.Collections;

namespace HassSocket.Testing;

/// <summary>What clients sent, command by command, in order, to be looked at and asserted by a test.</summary>
/// <remarks>
/// A picture of the moment in which it was taken: <see cref="HomeAssistantSimulator.Sent"/> takes a new one each time. Wait for what you
/// mean first, as with <see cref="HomeAssistantSimulator.WaitForCommandAsync"/>.
/// </remarks>
public sealed class SentCommands : IReadOnlyList<ReceivedCommand>
{
    private readonly ReceivedCommand[] _commands;
    private readonly SentCommands? _all;
    private readonly string _what;

    internal SentCommands(IEnumerable<ReceivedCommand> commands, string what = "commands", SentCommands? all = null)
        => (_commands, _what, _all) = ([.. commands], what, all);

    /// <inheritdoc/>
    public int Count => _commands.Length;

    /// <inheritdoc/>
    public ReceivedCommand this[int index] => _commands[index];

    /// <summary>Those of a type.</summary>
    /// <param name="type">The type on the wire, such as <c>call_service</c>; the login is <c>auth</c>.</param>
    public SentCommands Of(string type) => Where(command => command.Type == type, $"'{type}'");

    /// <summary>Those of one connection.</summary>
    /// <param name="connection">Its number, from 1.</param>
    public SentCommands On(int connection) => Where(command => command.Connection == connection, $"on connection {connection}");

    /// <summary>Those that came at a moment or later.</summary>
    /// <param name="moment">By the clock of the house.</param>
    public SentCommands Since(DateTimeOffset moment) => Where(command => command.At >= moment, $"since {moment:HH:mm:ss.fff}");

    /// <summary>Asserts how many there are.</summary>
    /// <param name="count">So many, exactly.</param>
    /// <exception cref="SimulatorExpectationException">There are more or fewer; the message lists what was sent instead.</exception>
    public SentCommands Expect(int count)
    {
        if (Count == count) return this;
        throw new SimulatorExpectationException($"Expected {count} {_what}, but {Count} were sent.\n{Describe()}");
    }

    /// <summary>Asserts that there is one, and gives it.</summary>
    /// <exception cref="SimulatorExpectationException">There is none, or there are more.</exception>
    public ReceivedCommand ExpectOne() => Expect(1)[0];

    /// <summary>Asserts that commands of these types were sent in this order; others may stand between them.</summary>
    /// <param name="types">The types on the wire.</param>
    /// <exception cref="SimulatorExpectationException">One is missing, or came earlier.</exception>
    public SentCommands ExpectInOrder(params string[] types)
    {
        var next = 0;
        foreach (var command in _commands)
        {
            if (next < types.Length && command.Type == types[next]) next++;
        }

        if (next == types.Length) return this;
        var before = next == 0 ? "" : $" after '{types[next - 1]}'";
        throw new SimulatorExpectationException($"Expected '{types[next]}'{before} among the {_what}, but it was not sent.\n{Describe()}");
    }

    /// <inheritdoc/>
    public IEnumerator<ReceivedCommand> GetEnumerator() => ((IEnumerable<ReceivedCommand>)_commands).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private SentCommands Where(Func<ReceivedCommand, bool> isMeant, string what) => new(_commands.Where(isMeant), $"{_what} {what}", _all ?? this);

    private string Describe()
    {
        const int AtMost = 50;
        var all = _all ?? this;
        var lines = all.TakeLast(AtMost).Select(command => $"  {command}");
        return $"Sent{(all.Count > AtMost ? $" (the last {AtMost} of {all.Count})" : "")}:\n{string.Join('\n', lines)}";
    }
}

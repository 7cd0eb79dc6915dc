using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Something that is true of the house or not.</summary>
/// <param name="house">The house.</param>
/// <param name="variables">What templates may look at besides it.</param>
/// <exception cref="ConditionErrorException">It cannot be told.</exception>
internal delegate bool Condition(House house, JsonObject? variables);

/// <summary>Why a condition cannot be told, line by line.</summary>
internal sealed class ConditionErrorException(IReadOnlyList<string> lines) : Exception(string.Join('\n', lines))
{
    /// <summary>The same within a condition that holds others.</summary>
    public ConditionErrorException Within(string head) => new([head, .. lines.Select(line => "  " + line)]);

    public SimulatedErrorException ForClient => new("home_assistant_error", Message);
}

namespace HassSocket.Testing.Simulator;

/// <summary>Everything that clients sent, and the tests that wait for it.</summary>
internal sealed class MessageLog
{
    private readonly Journal<ReceivedMessage> _messages = new();

    public IReadOnlyList<ReceivedMessage> All => _messages.All;

    public IReadOnlyList<ReceivedMessage> Of(int connection) => [.. All.Where(message => message.Connection == connection)];

    public void Add(ReceivedMessage message) => _messages.Add(message);

    public Task<ReceivedMessage> WaitAsync(Func<ReceivedMessage, bool> condition, TimeSpan? guard) =>
        _messages.WaitAsync(condition, guard, others => $"No client sent such a message; {others.Count} others came.");

    /// <summary>Whether a message is a command of this type, or an array that holds one.</summary>
    public static bool IsOfType(ReceivedMessage message, string type) => ReceivedCommand.In(message).Any(command => command.Type == type);
}

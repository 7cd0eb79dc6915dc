using HassSocket.Testing.Time;

namespace HassSocket.Testing.Simulator;

/// <summary>Everything that clients sent, and the tests that wait for it.</summary>
internal sealed class MessageLog
{
    private readonly Lock _gate = new();
    private readonly List<ReceivedMessage> _messages = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<ReceivedMessage> All
    {
        get
        {
            lock (_gate) return [.. _messages];
        }
    }

    public IReadOnlyList<ReceivedMessage> Of(int connection) => [.. All.Where(message => message.Connection == connection)];

    public void Add(ReceivedMessage message)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            _messages.Add(message);
            (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.TrySetResult();
    }

    public async Task<ReceivedMessage> WaitAsync(Func<ReceivedMessage, bool> condition, TimeSpan? guard)
    {
        var asked = 0;
        while (true)
        {
            ReceivedMessage[] messages;
            Task changed;
            lock (_gate) (messages, changed) = ([.. _messages[asked..]], _changed.Task);
            if (Array.Find(messages, message => condition(message)) is { } found) return found;
            asked += messages.Length;
            try
            {
                await changed.WaitAsync(guard ?? Guard.Default, TimeProvider.System).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"No client sent such a message; {asked} others came.");
            }
        }
    }

    /// <summary>Whether a message is a command of this type, or an array that holds one.</summary>
    public static bool IsOfType(ReceivedMessage message, string type) => ReceivedCommand.In(message).Any(command => command.Type == type);
}

using System.Text.Json;
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
        while (true)
        {
            ReceivedMessage[] messages;
            Task changed;
            lock (_gate) (messages, changed) = ([.. _messages], _changed.Task);
            if (Array.Find(messages, message => condition(message)) is { } found) return found;
            try
            {
                await changed.WaitAsync(guard ?? Guard.Default, TimeProvider.System).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"No client sent such a message; {messages.Length} others came.");
            }
        }
    }

    /// <summary>Whether a message is a command of this type, or an array that holds one.</summary>
    public static bool IsOfType(ReceivedMessage message, string type)
    {
        using var document = JsonDocument.Parse(message.Text);
        var root = document.RootElement;
        return root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().Any(item => Matches(item, type)) : Matches(root, type);
    }

    private static bool Matches(JsonElement message, string type)
        => message.ValueKind == JsonValueKind.Object && message.TryGetProperty("type", out var value)
            && value.ValueKind == JsonValueKind.String && value.ValueEquals(type);
}

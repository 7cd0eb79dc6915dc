using System.Text.Json;

namespace HassSocket.Tests.Replay;

/// <summary>A recorded command that is answered once, sent with <see cref="IHassSocket.SendMessageAsync"/>.</summary>
internal abstract class CommandCall(Line? line, Item item) : Call(line, item)
{
    /// <summary>Whether the end of the socket is its success: a server that stops does not answer.</summary>
    public virtual bool EndsTheServer => false;

    /// <summary>How it failed; <see langword="null"/> while it runs and when it succeeded.</summary>
    public Exception? Error => Ended.IsFaulted ? Ended.Exception.InnerException : Ended.IsCanceled ? new OperationCanceledException() : null;

    /// <summary>Why it did not end as the recorded answer says; <see langword="null"/> when it did.</summary>
    public string? DifferenceFrom(Item answer)
    {
        if (!answer.IsRefusal) return Error is { } error ? $"failed: {error}" : DifferenceFrom(answer.Result);
        return Error switch
        {
            null => "succeeded, but was refused",
            HassCommandException refusal when refusal.Code == (answer.ErrorCode ?? "unknown_error") => MessageDiffers(refusal, answer.Json),
            var other => $"was refused with '{answer.ErrorCode}', but failed with: {other.Message}",
        };
    }

    protected abstract string? DifferenceFrom(JsonElement result);

    private static string? MessageDiffers(HassCommandException refusal, JsonElement answer)
    {
        var error = answer.GetProperty("error");
        if (error.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String && message.GetString() != refusal.ServerMessage)
            return $"was refused with the text '{refusal.ServerMessage}'";
        return error.TryGetProperty("translation_key", out var key) && key.ValueKind == JsonValueKind.String && key.GetString() != refusal.TranslationKey
            ? $"was refused with the translation key '{refusal.TranslationKey}'"
            : null;
    }
}

/// <inheritdoc/>
/// <param name="line">Where it stands.</param>
/// <param name="item">What was recorded.</param>
/// <param name="command">The same as the public API has it.</param>
/// <param name="says">Whether a result says what was recorded.</param>
/// <param name="wire">What the client is to write, where that is not what was recorded.</param>
internal sealed class CommandCall<T>(Line? line, Item item, HassCommand<T> command, Func<T, JsonElement, bool> says, JsonElement? wire = null)
    : CommandCall(line, item)
{
    private Task<T>? _task;

    public override JsonElement Wire => wire ?? base.Wire;

    public override Task Ended => _task ?? base.Ended;

    public override bool EndsTheServer =>
        command is CallServiceCommand { Domain: "homeassistant", Service: "restart" or "stop" };

    public override void Start(IHassSocket socket) => _task = socket.SendMessageAsync(command);

    protected override string? DifferenceFrom(JsonElement result) =>
        says(_task!.Result, result) ? null : $"has another result: {_task.Result}";
}

namespace HassSocket.Trpc;

/// <summary>An error of JavaScript, as a value.</summary>
/// <param name="Name">Its kind, such as <c>TypeError</c>.</param>
/// <param name="Message">Its text.</param>
public sealed record JsError(string Name, string Message)
{
    /// <summary>What caused it; <see langword="null"/> for nothing, <see cref="JsUndefined"/> where it was told to be undefined.</summary>
    public object? Cause { get; init; }

    /// <summary>The further members that the server allows errors to carry.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyDictionary<string, object?> Properties { get; init; } = new Dictionary<string, object?>();
}

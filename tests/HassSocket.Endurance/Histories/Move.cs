namespace HassSocket.Endurance.Histories;

/// <summary>Something that is done in a step.</summary>
/// <param name="About">What a reader of the trace should know.</param>
/// <param name="Do">Does it, on any thread.</param>
internal sealed record Move(string About, Action Do);

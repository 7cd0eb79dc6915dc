using System.Buffers;

namespace HassSocket;

/// <summary>One item of a message: what it is, whom it concerns, and its payload.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Key">The correlation key; <see langword="null"/> where there is none or none of ours.</param>
/// <param name="Payload">The bytes that its receiver reads; valid during the call only.</param>
/// <param name="ResumeToken">The id under which the server can resume a subscription behind this item.</param>
public readonly record struct WireItem(WireItemKind Kind, long? Key, ReadOnlySequence<byte> Payload, string? ResumeToken = null);

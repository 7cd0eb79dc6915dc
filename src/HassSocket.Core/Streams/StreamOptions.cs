namespace HassSocket;

/// <summary>How the mailbox of a consumer behaves.</summary>
public sealed record StreamOptions
{
    /// <summary>The name of the consumer, for logs, gaps and metrics.</summary>
    /// <value>Default: empty.</value>
    public string Name { get; init; } = "";

    /// <summary>How many items wait at most for this consumer; memory is taken as needed.</summary>
    /// <value>Default: 16,384, four times what known servers queue.</value>
    public int Capacity { get; init; } = 16_384;

    /// <summary>What happens to an item that finds the mailbox full.</summary>
    /// <value>Default: <see cref="OverflowPolicy.DropOldest"/>.</value>
    public OverflowPolicy Policy { get; init; } = OverflowPolicy.DropOldest;

    /// <summary>With <see cref="OverflowPolicy.Latest"/>: the name of the value by which items replace each other, such as <c>entity_id</c>.</summary>
    /// <value>Default: <see langword="null"/>, any item replaces the one before.</value>
    public string? LatestKey { get; init; }

    /// <summary>With <see cref="OverflowPolicy.Lossless"/>: how many bytes wait at most before the stream fails.</summary>
    /// <value>Default: 256 MiB.</value>
    public long MaxMailboxBytes { get; init; } = 256L * 1024 * 1024;
}

namespace HassSocket.Streams;

/// <summary>The rules for the options of a consumer.</summary>
internal static class StreamOptionsRules
{
    public static void Check(StreamOptions options)
    {
        if (options.Capacity < 1)
            throw new ArgumentException($"Capacity is {options.Capacity}, but a mailbox must hold at least 1 item.", nameof(options));
        if (options.MaxMailboxBytes < 1)
            throw new ArgumentException($"MaxMailboxBytes is {options.MaxMailboxBytes}, but must be at least 1.", nameof(options));
        if (!Enum.IsDefined(options.Policy))
            throw new ArgumentException($"Policy is {options.Policy}, which is none of {string.Join(", ", Enum.GetNames<OverflowPolicy>())}.", nameof(options));
        if (options.LatestKey is not null && options.Policy != OverflowPolicy.Latest)
            throw new ArgumentException($"LatestKey is '{options.LatestKey}', but it only matters under Policy = Latest; this is {options.Policy}.", nameof(options));
        if (options.Name is null)
            throw new ArgumentException("Name is null, but must be a text; empty is fine.", nameof(options));
    }
}

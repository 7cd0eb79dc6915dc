namespace HassSocket.Dialect;

/// <summary>What a close code of Home Assistant, or of what stands in front of it, usually means.</summary>
internal static class CloseCodeText
{
    public static string? Explain(int? closeCode, bool heldWide, bool isSupervisorProxy) => closeCode switch
    {
        1000 when heldWide =>
            "Probably more than 4,096 messages were waiting for us at once: Home Assistant then hangs up and drops them all, and each wide " +
            "subscription (all events, state_changed, all entities) counts every change once more. Hold at most one, or filter on the server. " +
            "A server that stops, or a token that was revoked, looks the same.",
        1000 => "Home Assistant says 1000 for everything: it stops or restarts, the token was revoked, or its user was deactivated.",
        1001 => "The server, or a proxy in front of it, is going away.",
        1002 => "The server found our frames to be against the WebSocket protocol; a proxy in between may have damaged them.",
        1007 => "The server found text that is not UTF-8 in what we sent; a proxy in between may have damaged it.",
        1008 => "The server, or a proxy in front of it, has a rule against this connection.",
        1009 when isSupervisorProxy =>
            "A message was too large for the Supervisor's proxy: ours (Home Assistant takes less than 4 MiB), or an answer that an old Supervisor does not pass on.",
        1009 => "A message of ours was too large: Home Assistant takes less than 4 MiB.",
        1011 => "Something went wrong inside the server, or in a proxy in front of it.",
        1012 => "The server, or a proxy in front of it, is restarting.",
        1013 => "The server, or a proxy in front of it, is overloaded.",
        _ => null,
    };
}

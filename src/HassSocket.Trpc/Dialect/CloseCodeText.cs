namespace HassSocket.Trpc.Dialect;

/// <summary>What a close code of a tRPC server, or of what stands in front of it, usually means, and what to do.</summary>
internal static class CloseCodeText
{
    public static string? Explain(int? closeCode) => closeCode switch
    {
        null or 1005 => "A tRPC server closes like this when its createContext fails, and usually says why before; look into its log.",
        1000 or 1001 => "The server, or a proxy in front of it, is going away.",
        1002 => "The server found our frames to be against the WebSocket protocol; a proxy in between may have damaged them.",
        1006 => "The line broke. A server with keepAlive cuts it when nothing is heard of us for its pongWaitMs.",
        1007 => "The server found text that is not UTF-8 in what we sent; a proxy in between may have damaged it.",
        1009 => "A message of ours is larger than the server's maxPayload (100 MiB, if it was not set). It is not sent again: send less at a time, or raise maxPayload.",
        1011 => "Something went wrong inside the server, or in a proxy in front of it; look into its log.",
        1012 => "The server, or a proxy in front of it, is restarting; there is nothing to do.",
        1013 => "The server, or a proxy in front of it, is overloaded.",
        _ => null,
    };
}

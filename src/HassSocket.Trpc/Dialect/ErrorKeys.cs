namespace HassSocket.Trpc.Dialect;

/// <summary>The words of the protocol for kinds of error, by their numbers.</summary>
internal static class ErrorKeys
{
    public const string ParseError = "PARSE_ERROR";

    /// <summary>The word for a number; several words share −32603, of which the plainest is taken.</summary>
    public static string Of(int? code) => code switch
    {
        -32700 => ParseError,
        -32600 => "BAD_REQUEST",
        -32603 => "INTERNAL_SERVER_ERROR",
        -32001 => "UNAUTHORIZED",
        -32002 => "PAYMENT_REQUIRED",
        -32003 => "FORBIDDEN",
        -32004 => "NOT_FOUND",
        -32005 => "METHOD_NOT_SUPPORTED",
        -32008 => "TIMEOUT",
        -32009 => "CONFLICT",
        -32012 => "PRECONDITION_FAILED",
        -32013 => "PAYLOAD_TOO_LARGE",
        -32015 => "UNSUPPORTED_MEDIA_TYPE",
        -32022 => "UNPROCESSABLE_CONTENT",
        -32028 => "PRECONDITION_REQUIRED",
        -32029 => "TOO_MANY_REQUESTS",
        -32099 => "CLIENT_CLOSED_REQUEST",
        _ => "",
    };
}

namespace HassSocket.Testing.Trpc;

/// <summary>More requests in one message than the server takes; none of them is looked at.</summary>
internal sealed class BatchTooLargeException(IReadOnlyList<TrpcRequest?> requests) : Exception
{
    /// <summary>Those that can be answered; nothing but <see langword="null"/> where there is none.</summary>
    public IReadOnlyList<TrpcRequest?> Requests => requests;
}

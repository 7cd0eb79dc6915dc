namespace HassSocket.Trpc.Dialect;

/// <summary>What the server does with a request.</summary>
internal enum ProcedureKind
{
    Query,
    Mutation,
    Subscription,
}

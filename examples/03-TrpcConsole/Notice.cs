namespace TrpcConsole;

/// <summary>A notice on the board, as the server sends it.</summary>
internal sealed record Notice(int Id, string Text, string By);

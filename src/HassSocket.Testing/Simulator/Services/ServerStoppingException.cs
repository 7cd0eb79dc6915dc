namespace HassSocket.Testing.Simulator;

/// <summary>A service ended the server; its call is never answered.</summary>
internal sealed class ServerStoppingException : Exception;

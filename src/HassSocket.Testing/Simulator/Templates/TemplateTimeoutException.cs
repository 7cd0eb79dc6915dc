namespace HassSocket.Testing.Simulator;

/// <summary>A template that takes too long.</summary>
internal sealed class TemplateTimeoutException : Exception;

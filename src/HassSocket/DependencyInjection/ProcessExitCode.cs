namespace HassSocket.DependencyInjection;

/// <summary>The exit code that the process will end with, so that restart policies see a crash.</summary>
internal class ProcessExitCode
{
    public virtual int Value
    {
        get => Environment.ExitCode;
        set => Environment.ExitCode = value;
    }
}

namespace HomarrBoard;

/// <summary>A device of a smart home.</summary>
internal sealed record EntityState(string EntityId, string State);

/// <summary>How busy a machine is.</summary>
internal sealed record SystemHealth(double CpuUtilization, double MemoryUtilization);

/// <summary>A job that runs again and again; the time travels as a Date.</summary>
internal sealed record CronJob(string Name, string Status, DateTimeOffset LastExecutionTimestamp);

/// <summary>A download under way; its size is a number that plain JSON cannot say while it is unknown.</summary>
internal sealed record Download(string Name, double Progress, double Size);

/// <summary>Something to read; tracked, so that none is lost.</summary>
internal sealed record Notification(string Text);

namespace HassSocket;

/// <summary>We send more than is healthy: one warning for each episode.</summary>
/// <param name="Rate">Messages a second, averaged over <see cref="ConnectionOptions.SocketAvgDuration"/>.</param>
/// <param name="Threshold">The threshold that was exceeded: <see cref="ConnectionOptions.SocketWarnRequestsPerSec"/>.</param>
/// <param name="BusiestCommands">The busiest command types with their counts, the busiest first; at most three.</param>
public sealed record TrafficWarning(double Rate, double Threshold, IReadOnlyList<KeyValuePair<string, int>> BusiestCommands);

namespace HassSocket.Testing.Simulator;

/// <summary>What a real server had loaded when it let the first client in.</summary>
internal static class EarlyDomains
{
    private static readonly HashSet<string> All =
    [
        "homeassistant", "persistent_notification", "http", "websocket_api", "api", "auth", "config", "config_entries", "frontend", "lovelace", "recorder",
        "history", "logbook", "logger", "system_log", "system_health", "person", "zone", "tag", "search", "trace", "blueprint", "repairs",
        "diagnostics", "network", "labs", "integration", "manifest", "entity", "trigger_platforms", "condition_platforms",
    ];

    public static bool Contain(string domain) => All.Contains(domain);
}

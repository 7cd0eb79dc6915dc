namespace HassSocket.Configuration;

/// <summary>Finds a house in environment variables.</summary>
internal static class EnvironmentVariables
{
    public const string Server = "HASS_SERVER";
    public const string Token = "HASS_TOKEN";
    public const string SupervisorToken = "SUPERVISOR_TOKEN";

    public static void Apply(HassSocketOptions options, Func<string, string?> variable)
    {
        var server = Read(variable, Server);
        var token = Read(variable, Token);

        // The Supervisor's token is never sent to an address that somebody else named.
        if (server is null && token is null && Read(variable, SupervisorToken) is { } supervisorToken)
        {
            (options.BaseUrl, options.WebSocketUrl, options.Token) = (null, HassEndpoint.Supervisor, supervisorToken);
            return;
        }

        // An address that was set before would take the token of the environment to another server.
        options.WebSocketUrl = null;
        options.BaseUrl = server ?? throw Missing(token is null);
        options.Token = token ?? throw new InvalidOperationException(
            $"{Server} is set, but {Token} is not. Set it to a long-lived access token, made on the Security tab of your Home Assistant profile.");
    }

    private static InvalidOperationException Missing(bool both) => new(both
        ? $"Neither {Server} nor {Token} is set. Set {Server} to the address of Home Assistant, such as http://homeassistant.local:8123, " +
          $"and {Token} to a long-lived access token; inside an add-on that has homeassistant_api: true, {SupervisorToken} is enough and was not set either."
        : $"{Token} is set, but {Server} is not. Set it to the address of Home Assistant, such as http://homeassistant.local:8123.");

    private static string? Read(Func<string, string?> variable, string name) =>
        variable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}

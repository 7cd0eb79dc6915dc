using System.Text.Json;
using HassSocket.Testing;
using HassSocket.Tests.Shared.Peers;

namespace HassSocket.Tests.Peers;

/// <summary>The official JavaScript client on a simulated house, over a real socket.</summary>
internal sealed class OfficialClient : IAsyncDisposable
{
    private OfficialClient(HomeAssistantSimulator house, Peer peer) => (House, Peer) = (house, peer);

    public HomeAssistantSimulator House { get; }

    public Peer Peer { get; }

    /// <summary>What <c>connect</c> answered.</summary>
    public JsonElement Connected { get; private set; }

    public static async Task<OfficialClient> ConnectAsync(Func<HomeAssistantSimulator, SimulatedLogin>? logIn = null)
    {
        var peer = Peer.Start("hajs.mjs");
        var client = new OfficialClient(new HomeAssistantSimulator(), peer);
        try
        {
            await client.House.ListenAsync();
            client.Connected = await peer.AskAsync("connect", new
            {
                url = client.House.BaseUrl.ToString().TrimEnd('/'),
                token = client.House.Token,
                login = logIn?.Invoke(client.House) is { } login
                    ? new { login.ClientId, login.AccessToken, login.RefreshToken, expires = login.ExpiresAt.ToUnixTimeMilliseconds() }
                    : null,
            });
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    public Task<JsonElement> CallAsync(string domain, string service, object? data = null, object? target = null, bool? returnResponse = null)
        => Peer.AskAsync("call", new { domain, service, data, target, returnResponse });

    public Task SubscribeAsync(string name, object message) => Peer.AskAsync("subscribe", new { name, message });

    /// <summary>The state of an entity in the client's collection.</summary>
    public async Task<string?> StateAsync(string id) => (await Peer.AskAsync("entity", new { id })).GetProperty("state").GetString();

    public async ValueTask DisposeAsync()
    {
        await Peer.DisposeAsync();
        await House.DisposeAsync();
    }
}

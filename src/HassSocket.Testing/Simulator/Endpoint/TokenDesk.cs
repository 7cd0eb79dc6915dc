using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HassSocket.Testing.Simulator;

/// <summary>Gives and takes back tokens over HTTP: <c>/auth/token</c> and <c>/auth/revoke</c>, with forms of either encoding.</summary>
internal sealed class TokenDesk(House house)
{
    public async Task ServeTokenAsync(HttpContext context)
    {
        var form = await ReadAsync(context.Request).ConfigureAwait(false);
        if (form["action"] == "revoke")
        {
            Revoke(form);
            return;
        }

        var ip = context.Connection.RemoteIpAddress?.ToString();
        var answer = form["grant_type"].ToString() switch
        {
            "authorization_code" => Exchange(form, ip),
            "refresh_token" => Refresh(form, ip),
            _ => Fault("unsupported_grant_type"),
        };
        var status = answer.ContainsKey("error") ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
        await HttpText.SayJsonAsync(context, Encoding.UTF8.GetBytes(answer.ToJsonString()), status).ConfigureAwait(false);
    }

    /// <summary>Always well answered, whatever the token was.</summary>
    public async Task ServeRevokeAsync(HttpContext context) => Revoke(await ReadAsync(context.Request).ConfigureAwait(false));

    private JsonObject Exchange(IFormCollection form, string? ip)
    {
        if (ClientId(form) is not { } clientId) return Fault("invalid_request", "Invalid client id");
        if (house.Tokens.RedeemCode(form["code"].ToString(), clientId) is not { } user) return Fault("invalid_request", "Invalid code");
        var login = house.Tokens.AddLogin(user, clientId, ip);
        return new JsonObject
        {
            ["access_token"] = house.Tokens.Issue(login, ip),
            ["token_type"] = "Bearer",
            ["refresh_token"] = login.Secret,
            ["expires_in"] = (int)TokenStore.AccessFor.TotalSeconds,
            ["ha_auth_provider"] = "homeassistant",
        };
    }

    private JsonObject Refresh(IFormCollection form, string? ip)
    {
        if (form.ContainsKey("client_id") && ClientId(form) is null) return Fault("invalid_request", "Invalid client id");
        if (!form.ContainsKey("refresh_token")) return Fault("invalid_request");
        if (house.Tokens.FindBySecret(form["refresh_token"]) is not { } login) return Fault("invalid_grant");
        if (login.ClientId != ClientId(form)) return Fault("invalid_request");
        return new JsonObject
        {
            ["access_token"] = house.Tokens.Issue(login, ip),
            ["token_type"] = "Bearer",
            ["expires_in"] = (int)TokenStore.AccessFor.TotalSeconds,
        };
    }

    private void Revoke(IFormCollection form)
    {
        if (house.Tokens.FindBySecret(form["token"]) is { } login) house.EndLogin(login);
    }

    private static async Task<IFormCollection> ReadAsync(HttpRequest request)
        => request.HasFormContentType ? await request.ReadFormAsync().ConfigureAwait(false) : FormCollection.Empty;

    /// <summary>The address of an application; anything else is none.</summary>
    private static string? ClientId(IFormCollection form)
        => Uri.TryCreate(form["client_id"], UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? form["client_id"].ToString() : null;

    private static JsonObject Fault(string error, string? description = null)
    {
        var fault = new JsonObject { ["error"] = error };
        if (description is not null) fault["error_description"] = description;
        return fault;
    }
}

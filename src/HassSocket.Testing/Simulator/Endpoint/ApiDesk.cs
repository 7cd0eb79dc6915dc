using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HassSocket.Testing.Simulator;

/// <summary>The part of the REST API that clients ask before they open a socket; for whoever has a token, or a signed address.</summary>
internal sealed class ApiDesk(House house)
{
    private const string Bearer = "Bearer ";

    public async Task ServeAsync(HttpContext context)
    {
        if (Answer(context.Request.Path) is not { } answer)
        {
            await HttpText.SayAsync(context, StatusCodes.Status404NotFound).ConfigureAwait(false);
        }
        else if (FindUser(context.Request) is null)
        {
            var origin = $"{context.Request.Scheme}://{context.Request.Host}";
            context.Response.Headers.WWWAuthenticate = $"Bearer resource_metadata=\"{origin}/.well-known/oauth-protected-resource\"";
            await HttpText.SayAsync(context, StatusCodes.Status401Unauthorized).ConfigureAwait(false);
        }
        else if (!HttpMethods.IsGet(context.Request.Method))
        {
            await HttpText.SayAsync(context, StatusCodes.Status405MethodNotAllowed).ConfigureAwait(false);
        }
        else
        {
            await HttpText.SayJsonAsync(context, house.Ticks.Run(() => JsonBytes.Write(answer))).ConfigureAwait(false);
        }
    }

    private SimulatedUser? FindUser(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        var token = authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..] : null;
        return house.Tokens.FindByAccessToken(token)?.User ?? house.SignedPaths.Find(request);
    }

    private Action<Utf8JsonWriter>? Answer(string path) => path switch
    {
        "/api/" => writer => writer.WriteNode(new JsonObject { ["message"] = "API running." }),
        "/api/config" => writer => writer.WriteNode(house.Config),
        "/api/services" => WriteServices,
        "/api/states" => writer => writer.WriteStates(house.States.All),
        _ => null,
    };

    private void WriteServices(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var (domain, services) in house.Services.Describe(house.Lifecycle.HasLoaded))
        {
            writer.WriteStartObject();
            writer.WriteString("domain", domain);
            writer.WriteNode("services", services);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Simulator;

public sealed class HttpTests : IAsyncLifetime
{
    private const string Application = "http://127.0.0.1:8123/";

    private readonly ManualTimeProvider _time = new();
    private readonly HomeAssistantSimulator _house;
    private readonly HttpClient _http = new();

    public HttpTests() => _house = new HomeAssistantSimulator(new() { TimeProvider = _time });

    [Theory]
    [InlineData("/api/", """{"message":"API running."}""")]
    [InlineData("/api/config", "\"version\":\"2026.11.0\"")]
    [InlineData("/api/states", "[{\"entity_id\":")]
    [InlineData("/api/services", "[{\"domain\":\"homeassistant\",\"services\":{")]
    public async Task Api_answers_who_has_a_token(string path, string expected)
    {
        var (status, text) = await GetAsync(path, _house.Viewer.Token);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(expected, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    public async Task Api_refuses_others_in_plain_text(string? token)
    {
        using var answer = await SendAsync(HttpMethod.Get, "/api/states", token);

        Assert.Equal((HttpStatusCode.Unauthorized, "401: Unauthorized"), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task Api_that_is_not_there_is_not_found()
    {
        Assert.Equal((HttpStatusCode.NotFound, "404: Not Found"), await GetAsync("/api/nothing", _house.Token));
        using var posted = await SendAsync(HttpMethod.Post, "/api/states", _house.Token);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, posted.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Refresh_token_brings_access_tokens_with_forms_of_both_encodings(bool isMultipart)
    {
        var login = _house.LogIn(_house.Guest, Application);
        _time.Advance(TimeSpan.FromMinutes(31));
        await RawClient.ExpectRefusedAsync(_house, login.AccessToken);

        var (status, answer) = await AskTokenAsync(isMultipart, ("client_id", Application), ("grant_type", "refresh_token"), ("refresh_token", login.RefreshToken));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["access_token", "token_type", "expires_in"], answer.Select(pair => pair.Key));
        await using var client = await RawClient.LoginAsync(_house, (string)answer["access_token"]!);
        Assert.Equal(_house.Guest, _house.Connections[^1].User);
    }

    [Fact]
    public async Task Code_of_the_login_page_is_good_for_one_login()
    {
        (string, string)[] form = [("grant_type", "authorization_code"), ("code", _house.GrantCode(_house.Guest, Application)), ("client_id", Application)];

        var (status, answer) = await AskTokenAsync(false, form);
        var (again, error) = await AskTokenAsync(false, form);

        Assert.Equal((HttpStatusCode.OK, "Bearer", 1800), (status, (string)answer["token_type"]!, (int)answer["expires_in"]!));
        Assert.Equal((HttpStatusCode.BadRequest, """{"error":"invalid_request","error_description":"Invalid code"}"""), (again, error.ToJsonString()));
    }

    [Theory]
    [InlineData("grant_type=password", """{"error":"unsupported_grant_type"}""")]
    [InlineData("", """{"error":"unsupported_grant_type"}""")]
    [InlineData("grant_type=refresh_token&refresh_token=nonsense&client_id=http://127.0.0.1:8123/", """{"error":"invalid_grant"}""")]
    [InlineData("grant_type=refresh_token&refresh_token={0}&client_id=http://other.example/", """{"error":"invalid_request"}""")]
    [InlineData("grant_type=refresh_token", """{"error":"invalid_request"}""")]
    [InlineData("grant_type=authorization_code&code=x&client_id=no url", """{"error":"invalid_request","error_description":"Invalid client id"}""")]
    public async Task Wrong_forms_are_refused_as_recorded(string form, string expected)
    {
        var login = _house.LogIn(_house.Guest, Application);
        var fields = form.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split('=', 2)).Select(pair => (pair[0], pair[1].Replace("{0}", login.RefreshToken, StringComparison.Ordinal)));

        var (status, answer) = await AskTokenAsync(false, [.. fields]);

        Assert.Equal((HttpStatusCode.BadRequest, expected), (status, answer.ToJsonString()));
    }

    [Theory]
    [InlineData("/auth/revoke", "token")]
    [InlineData("/auth/token", "token", "action", "revoke")]
    public async Task Revoked_refresh_token_closes_its_connection(string path, params string[] names)
    {
        var login = _house.LogIn(_house.Guest, Application);
        await using var client = await RawClient.LoginAsync(_house, login.AccessToken);
        var fields = new Dictionary<string, string> { ["token"] = login.RefreshToken };
        if (names.Length > 1) fields[names[1]] = names[2];

        using var answer = await _http.PostAsync(new Uri(_house.BaseUrl, path), new FormUrlEncodedContent(fields));

        Assert.Equal((HttpStatusCode.OK, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        await client.ExpectClosedAsync();
        await RawClient.ExpectRefusedAsync(_house, login.AccessToken);
        var (_, refused) = await AskTokenAsync(false, ("grant_type", "refresh_token"), ("refresh_token", login.RefreshToken), ("client_id", Application));
        Assert.Equal("""{"error":"invalid_grant"}""", refused.ToJsonString());
    }

    [Theory]
    [InlineData("/api/states")]
    [InlineData("/api/states?a=1")]
    public async Task Signed_path_needs_no_token_for_a_while(string path)
    {
        await using var client = await RawClient.LoginAsync(_house, _house.Guest);
        var signed = (string)(await client.AskAsync($$"""{"id":1,"type":"auth/sign_path","path":"{{path}}","expires":30}"""))["result"]!["path"]!;

        Assert.Equal(HttpStatusCode.OK, (await GetAsync(signed)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(signed.Replace("states", "config", StringComparison.Ordinal))).Status);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(signed)).Status);
    }

    public async ValueTask InitializeAsync() => await _house.ListenAsync();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _house.DisposeAsync();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(_house.BaseUrl, path));
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await _http.SendAsync(request);
    }

    private async Task<(HttpStatusCode Status, string Text)> GetAsync(string path, string? token = null)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<(HttpStatusCode Status, JsonObject Answer)> AskTokenAsync(bool isMultipart, params (string Name, string Value)[] fields)
    {
        using HttpContent form = isMultipart ? Multipart(fields) : new FormUrlEncodedContent(fields.ToDictionary(field => field.Name, field => field.Value));
        using var answer = await _http.PostAsync(new Uri(_house.BaseUrl, "/auth/token"), form);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject());
    }

    private static MultipartFormDataContent Multipart((string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        return form;
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace HassSocket.Testing.Simulator;

/// <summary>Says things over HTTP as the real server does: errors in plain text, such as <c>404: Not Found</c>.</summary>
internal static class HttpText
{
    public static Task SayAsync(HttpContext context, int status, string? text = null)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text ?? $"{status}: {ReasonPhrases.GetReasonPhrase(status)}");
    }

    public static Task SayJsonAsync(HttpContext context, byte[] json, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.Body.WriteAsync(json).AsTask();
    }
}

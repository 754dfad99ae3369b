using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using KlaviyoRelay.LocalHost.Functions;
using Microsoft.AspNetCore.Http.Features;

namespace KlaviyoRelay.Dashboard;

/// <summary>The dashboard's routes, every one behind the guard and with the same headers.</summary>
internal sealed class DashboardRoutes(IEndpointRouteBuilder endpoints, LocalGuard guard)
{
    private const int MaxBodyBytes = 64 * 1024;

    // Everything is this page's own, so that nothing that is shown can load or send anything.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public void Get(string path, RequestDelegate handler) => endpoints.MapGet(path, Guarded(handler));

    public void Get(string path, Func<HttpRequest, Task<DashboardAnswer>> answer) => Get(path, async context =>
        await (await answer(context.Request)).WriteAsync(context.Response, context.RequestAborted));

    /// <summary>Something to do. The body is JSON.</summary>
    public void Post<T>(string path, JsonTypeInfo<T> type, Func<T, CancellationToken, Task<DashboardAnswer>> act)
        where T : class => endpoints.MapPost(path, Guarded(async context =>
    {
        var (body, problem) = await ReadAsync(context.Request, type);
        var answer = body is null ? problem : await act(body, context.RequestAborted);
        await answer.WriteAsync(context.Response, context.RequestAborted);
    }));

    /// <summary>Something to do with a body of any kind and length, which the action reads.</summary>
    public void PostBody(string path, Func<HttpRequest, Task<DashboardAnswer>> act) => endpoints.MapPost(path, Guarded(async context =>
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        await (await act(context.Request)).WriteAsync(context.Response, context.RequestAborted);
    }));

    private RequestDelegate Guarded(RequestDelegate handler) => async context =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        if (guard.Refusal(context.Request) is { } refusal)
        {
            await DashboardAnswer.Problem(StatusCodes.Status403Forbidden, refusal).WriteAsync(context.Response, context.RequestAborted);
            return;
        }

        await handler(context);
    };

    private static async Task<(T? Body, DashboardAnswer Problem)> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            return (null, DashboardAnswer.Problem(StatusCodes.Status415UnsupportedMediaType, "The body has to be application/json."));
        }

        if (request.ContentLength is null or > MaxBodyBytes)
        {
            return (null, DashboardAnswer.Problem(StatusCodes.Status413PayloadTooLarge, $"The body has to have a length, of {MaxBodyBytes} bytes at most."));
        }

        try
        {
            var body = await JsonSerializer.DeserializeAsync(request.Body, type, request.HttpContext.RequestAborted);
            return (body, DashboardAnswer.Problem(StatusCodes.Status400BadRequest, "The body has to be a JSON object."));
        }
        catch (JsonException exception)
        {
            return (null, DashboardAnswer.Problem(StatusCodes.Status400BadRequest, $"The body is not what this needs: {exception.Message}"));
        }
    }
}

using KlaviyoRelay.LocalHost.Settings;

namespace KlaviyoRelay.LocalHost.Functions;

/// <summary>
/// Maps HTTP functions to routes. There are no function keys here, so the dashboard's guard stands in for them: what
/// is not anonymous answers the person at this machine only, and no page elsewhere that their browser shows.
/// </summary>
internal static class FunctionEndpoints
{
    public static void MapFunctions(this IEndpointRouteBuilder endpoints, FunctionCatalog catalog, HostJson hostJson, LocalGuard guard)
    {
        foreach (var function in catalog.Http)
        {
            var route = endpoints.MapMethods($"/{hostJson.RoutePrefix}/{function.Route}", function.Methods, function.Handler);
            if (!function.IsAnonymous)
            {
                route.AddEndpointFilter(async (context, next) => Refusal(guard, context.HttpContext) ?? await next(context));
            }
        }
    }

    private static IResult? Refusal(LocalGuard guard, HttpContext context)
    {
        if (guard.Refusal(context.Request) is not { } refusal)
        {
            return null;
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Problem(refusal, statusCode: StatusCodes.Status403Forbidden, title: "Forbidden.");
    }
}

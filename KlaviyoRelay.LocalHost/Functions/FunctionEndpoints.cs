using KlaviyoRelay.LocalHost.Settings;

namespace KlaviyoRelay.LocalHost.Functions;

/// <summary>Maps HTTP functions to routes.</summary>
internal static class FunctionEndpoints
{
    public static void MapFunctions(this IEndpointRouteBuilder endpoints, FunctionCatalog catalog, HostJson hostJson)
    {
        foreach (var function in catalog.Http)
        {
            endpoints.MapMethods($"/{hostJson.RoutePrefix}/{function.Route}", function.Methods, function.Handler);
        }
    }
}

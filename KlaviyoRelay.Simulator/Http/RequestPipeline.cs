using System.Globalization;
using KlaviyoRelay.Simulator.Control;
using KlaviyoRelay.Simulator.Faults;
using KlaviyoRelay.Simulator.Kustomer.Window;

namespace KlaviyoRelay.Simulator.Http;

/// <summary>Every request: find the service, count, let a fault have its say, answer.</summary>
internal sealed class RequestPipeline(
    IEnumerable<ISimulatedApi> apis,
    ControlApi control,
    KustomerWindow window,
    FaultTable faults,
    RequestCounts counts,
    TimeProvider time)
{
    /// <summary>The largest body a service takes. Klaviyo says 5 MB; the smaller reading of that is the safe one.</summary>
    public const int BodyLimit = 5_000_000;

    // A test may hand over hundreds of thousands of customers in one call.
    private const int ControlBodyLimit = 256 * 1024 * 1024;

    private readonly ISimulatedApi[] _apis = [.. apis];

    public async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/_simulator", out var rest))
        {
            var answer = control.Handle(await ReadAsync(context, rest, "/_simulator", ControlBodyLimit));
            await answer.WriteAsync(context.Response, context.RequestAborted);
            return;
        }

        if (context.Request.Path.StartsWithSegments(KustomerWindow.Path, out rest))
        {
            var answer = await window.HandleAsync(await ReadAsync(context, rest, KustomerWindow.Path, BodyLimit), context.RequestAborted);
            await answer.WriteAsync(context.Response, context.RequestAborted);
            return;
        }

        foreach (var api in _apis)
        {
            if (context.Request.Path.StartsWithSegments($"/{api.Name}", out rest))
            {
                await HandleAsync(context, api, rest);
                return;
            }
        }

        var unknown = new Answer(404, "text/plain", "Nothing here. Try /klaviyo, /gladly, /kustomer, /kustomer-window or /_simulator/state.\n"u8.ToArray());
        await unknown.WriteAsync(context.Response, context.RequestAborted);
    }

    private async Task HandleAsync(HttpContext context, ISimulatedApi api, PathString path)
    {
        var route = RouteNames.Of(context.Request.Method, api.Name, path.Value ?? "/");
        counts.Arrived(api.Name, route);
        var fault = faults.Hit(api.Name, context.Request.Method, path.Value ?? "/", api.PresentedKey(context.Request.Headers));
        if (fault is { DelayMs: { } delay })
        {
            await Task.Delay(TimeSpan.FromMilliseconds(delay), time, context.RequestAborted);
        }

        if (fault is { Drop: FaultDrop.Before })
        {
            Drop(context, api);
            return;
        }

        var answer = fault is { Status: not null }
            ? FaultAnswer.For(api.Name, fault, time.GetUtcNow())
            : api.Handle(await ReadAsync(context, path, $"/{api.Name}", BodyLimit));
        if (fault is { Drop: FaultDrop.After })
        {
            Drop(context, api);
            return;
        }

        counts.Answered(api.Name, answer.Status.ToString(CultureInfo.InvariantCulture), answer.Status == 429 ? route : null);
        await answer.WriteAsync(context.Response, context.RequestAborted);
    }

    private void Drop(HttpContext context, ISimulatedApi api)
    {
        counts.Answered(api.Name, RequestCounts.Dropped);
        context.Abort();
    }

    private static async ValueTask<SimulatedRequest> ReadAsync(HttpContext context, PathString path, string prefix, int bodyLimit)
    {
        var request = context.Request;
        return new SimulatedRequest(
            request.Method,
            // Klaviyo answers the same with and without a slash at the end.
            path.Value?.TrimEnd('/') is { Length: > 0 } trimmed ? trimmed : "/",
            $"{request.Scheme}://{request.Host}{prefix}",
            request.Query,
            request.Headers,
            await RequestBody.ReadAsync(request, bodyLimit, context.RequestAborted));
    }
}

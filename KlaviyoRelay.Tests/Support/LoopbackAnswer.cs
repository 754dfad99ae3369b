using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Tests.Support;

/// <summary>What <see cref="LoopbackServer"/> can do with a request.</summary>
internal static class LoopbackAnswer
{
    public static RequestDelegate Status(int status, string? retryAfter = null) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = retryAfter;
        return Task.CompletedTask;
    };

    /// <summary>The connection ends without an answer.</summary>
    public static Task Drop(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>The connection ends in the middle of the answer.</summary>
    public static async Task DropHalfway(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.ContentLength = 100;
        await context.Response.WriteAsync("half");
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    /// <summary>No answer until the client gives up; <paramref name="received"/> runs first.</summary>
    public static RequestDelegate Silence(Action? received = null) => async context =>
    {
        var aborted = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(aborted.SetResult);
        received?.Invoke();
        await aborted.Task;
    };
}

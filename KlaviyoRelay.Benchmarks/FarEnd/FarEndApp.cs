using System.Buffers;
using System.Net;
using System.Text.Json;
using KlaviyoRelay.Benchmarks.Relay;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Benchmarks.FarEnd;

/// <summary>Klaviyo and Kustomer as they would be if they took no time: answers at once, and counts.</summary>
internal static class FarEndApp
{
    public const string CountsPath = "_counts";
    public const string ResetPath = "_reset";

    private const int FirstBuffer = 64 * 1024;

    public static async Task<int> RunAsync(FarEndAddress address, CancellationToken cancellationToken)
    {
        var state = new FarEndState();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, address.Counts.Port);
            kestrel.Listen(IPAddress.Loopback, address.Apis.Port, apis => apis.Use(next => async connection =>
            {
                state.Connected();
                await next(connection);
                state.Disconnected();
            }));
        });
        await using var app = builder.Build();
        app.Run(context => AnswerAsync(state, context));
        await app.StartAsync(cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    private static Task AnswerAsync(FarEndState state, HttpContext context) => context.Request.Path.Value switch
    {
        "/klaviyo/api/events" or "/klaviyo/api/event-bulk-create-jobs" => TakeAsync(state, context),
        "/" + CountsPath => JsonSerializer.SerializeAsync(context.Response.Body, state.Counts, BenchJsonContext.Default.FarEndCounts),
        "/" + ResetPath => ResetAsync(state),
        { } path when path.StartsWith("/kustomer/v1/customers/", StringComparison.Ordinal) => CustomerAsync(state, context, path),
        _ => NotFoundAsync(context),
    };

    private static async Task TakeAsync(FarEndState state, HttpContext context)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)(context.Request.ContentLength ?? FirstBuffer) + 1);
        var length = 0;
        while (await context.Request.Body.ReadAsync(buffer.AsMemory(length)) is > 0 and var read)
        {
            length += read;
        }

        state.Received(buffer.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(buffer);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.ContentLength = 0;
    }

    private static Task CustomerAsync(FarEndState state, HttpContext context, string path)
    {
        state.LookedUp();
        var body = Workload.Customer(path[(path.LastIndexOf('/') + 1)..]);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body).AsTask();
    }

    private static Task ResetAsync(FarEndState state)
    {
        state.Reset();
        return Task.CompletedTask;
    }

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}

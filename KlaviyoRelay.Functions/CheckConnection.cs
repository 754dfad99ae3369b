using KlaviyoRelay.Core.Checks;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>
/// Tells an operator whether a connection is set up rightly. It names what is configured, so it needs a function key.
/// 503 when something is not right, like <see cref="Health"/>: a monitor and <c>curl --fail-with-body</c> notice it.
/// </summary>
public sealed class CheckConnection(ConnectionCheck check)
{
    [Function(nameof(CheckConnection))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "connections/{name}/check")] HttpRequest request,
        string name,
        CancellationToken cancellationToken)
    {
        _ = request;
        if (!check.Connections.Contains(name, StringComparer.Ordinal))
        {
            return Results.Problem(
                $"There is no connection of this name. There are: {string.Join(", ", check.Connections)}.", statusCode: StatusCodes.Status404NotFound, title: "Not found.");
        }

        var report = (await check.CheckAsync([name], cancellationToken))[0];
        var answer = Results.Json(
            report,
            AnswerJsonContext.Readable.CheckReport,
            statusCode: report.Ok ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        return new ResultWithHeader(answer, "Cache-Control", "no-store");
    }
}

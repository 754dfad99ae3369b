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
            return RelayAnswer.Problem(
                StatusCodes.Status404NotFound, "Not found.", $"There is no connection of this name. There are: {string.Join(", ", check.Connections)}.");
        }

        var report = (await check.CheckAsync([name], cancellationToken))[0];
        return RelayAnswer.Json(
            report.Ok ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable,
            report,
            AnswerJsonContext.Readable.CheckReport);
    }
}

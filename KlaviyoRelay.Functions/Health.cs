using KlaviyoRelay.Core.Checks;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>Tells a monitor whether webhooks are accepted. Anonymous, so it names nothing that is configured.</summary>
public sealed class Health(RelayHealth health)
{
    [Function(nameof(Health))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        _ = request;
        var report = await health.CheckAsync(cancellationToken);
        // Wrong settings stop the start, so a relay that answers has valid ones.
        var answer = new HealthAnswer(report.Status, report.Version, report.Queue, report.Record, Configuration: "valid");
        return RelayAnswer.Json(
            report.IsHealthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable,
            answer,
            AnswerJsonContext.Default.HealthAnswer);
    }
}

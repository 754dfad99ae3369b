using KlaviyoRelay.Core.Checks;

namespace KlaviyoRelay.Dashboard.Act;

/// <summary>Checks connections, one run at a time: a run asks Klaviyo, the helpdesks, the queue and the vault.</summary>
internal sealed class CheckActions(ConnectionCheck check) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    public async Task<DashboardAnswer> RunAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        if (request.Connection is { } name && !check.Connections.Contains(name, StringComparer.Ordinal))
        {
            return DashboardAnswer.Problem(StatusCodes.Status400BadRequest, $"'{name}' is no connection: it should be one of {string.Join(", ", check.Connections)}.");
        }

        if (!_turn.Wait(0, CancellationToken.None))
        {
            return DashboardAnswer.Problem(StatusCodes.Status409Conflict, "A check is under way already.");
        }

        try
        {
            var reports = await check.CheckAsync(request.Connection is null ? check.Connections : [request.Connection], cancellationToken);
            return DashboardAnswer.Of(new CheckResult(reports), DashboardJson.Default.CheckResult);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}

/// <summary>What to check: one connection, or all of them.</summary>
internal sealed record CheckRequest(string? Connection);

internal sealed record CheckResult(IReadOnlyList<CheckReport> Reports);

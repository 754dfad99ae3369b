using System.Globalization;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Azurite;
using KlaviyoRelay.LocalHost.DeadLetters;

namespace KlaviyoRelay.Dashboard.Act;

/// <summary>Lists, releases and redrives dead letters, as the command line does.</summary>
internal sealed class LetterActions(AzuriteQueueClient client, QueueSignals signals, TimeProvider clock) : IDisposable
{
    private const int DefaultMax = 100;
    private const int LargestMax = 1000;

    private readonly DeadLetterBrowser _browser = new(new AzuriteLetters(client, clock));

    // A walk hides from others what it has received: two at once would each miss some letters.
    private readonly SemaphoreSlim _turn = new(1);

    public async Task<DashboardAnswer> ListAsync(HttpRequest request)
    {
        var query = request.Query;
        if (Filter(new LetterChoice(query["id"], query["reason"], query["connection"], query["account"])) is not { } filter)
        {
            return UnknownReason;
        }

        if ($"{query["queue"]}" is { Length: > 0 } queue)
        {
            if (queue is not (DeadLetterQueues.Throttled or DeadLetterQueues.Rejected))
            {
                return DashboardAnswer.Problem(StatusCodes.Status400BadRequest, $"queue should be {DeadLetterQueues.Throttled} or {DeadLetterQueues.Rejected}.");
            }

            filter = filter with { Queues = [DeadLetterQueues.OfName(queue)] };
        }

        var max = int.TryParse(query["max"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, LargestMax) : DefaultMax;
        var report = await WalkAsync(_browser.ListAsync, filter with { Max = max }, request.HttpContext.RequestAborted);
        return report.Error is { } error
            ? DashboardAnswer.Problem(StatusCodes.Status503ServiceUnavailable, error)
            : DashboardAnswer.Of(new LetterList([.. report.Letters.OfType<FoundLetter>().Select(LetterRow.Of)], report.HasMore, report.Unreadable), DashboardJson.Default.LetterList);
    }

    public Task<DashboardAnswer> ReleaseAsync(LetterChoice choice, CancellationToken cancellationToken) =>
        RunAsync(_browser.ReleaseAsync, QueueNames.DeadLetterThrottled, QueueNames.DeadLetterThrottled, choice, cancellationToken);

    public Task<DashboardAnswer> RedriveAsync(LetterChoice choice, CancellationToken cancellationToken) =>
        RunAsync(_browser.RedriveAsync, QueueNames.DeadLetterRejected, QueueNames.ConversationEvents, choice, cancellationToken);

    /// <summary>Sends the letters of an event again, whatever they wait for: how many, or why it can't be done.</summary>
    public async Task<(int Sent, string? Error)> SendAgainAsync(string id, CancellationToken cancellationToken)
    {
        var filter = new DeadLetterFilter { Id = id };
        var released = await WalkAsync(_browser.ReleaseAsync, filter with { Queues = [QueueNames.DeadLetterThrottled] }, cancellationToken);
        var redriven = released.Error is null ? await WalkAsync(_browser.RedriveAsync, filter with { Queues = [QueueNames.DeadLetterRejected] }, cancellationToken) : released;
        signals.Sent(QueueNames.DeadLetterThrottled);
        return (released.Letters.Count + (released.Error is null ? redriven.Letters.Count : 0), redriven.Error);
    }

    public void Dispose() => _turn.Dispose();

    private async Task<DashboardAnswer> RunAsync(Func<DeadLetterFilter, CancellationToken, Task<DeadLetterReport>> action, string from, string to, LetterChoice choice, CancellationToken cancellationToken)
    {
        if (Filter(choice) is not { } filter)
        {
            return UnknownReason;
        }

        var report = await WalkAsync(action, filter with { Queues = [from] }, cancellationToken);
        signals.Sent(to);
        return report.Error is { } error
            ? DashboardAnswer.Problem(StatusCodes.Status503ServiceUnavailable, error)
            : DashboardAnswer.Of(new LetterCount(report.Letters.Count), DashboardJson.Default.LetterCount);
    }

    private async Task<DeadLetterReport> WalkAsync(Func<DeadLetterFilter, CancellationToken, Task<DeadLetterReport>> action, DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await action(filter, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Null when a reason is none.</summary>
    private static DeadLetterFilter? Filter(LetterChoice choice)
    {
        var names = (choice.Reason ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return names.Any(name => DeadLetterReasons.Parse(name) is null) ? null : new DeadLetterFilter
        {
            Reasons = names.ToHashSet(StringComparer.Ordinal),
            Connection = choice.Connection is { Length: > 0 } connection ? connection : null,
            Account = choice.Account is { Length: > 0 } account ? account : null,
            Id = choice.Id is { Length: > 0 } id ? id : null,
        };
    }

    private static DashboardAnswer UnknownReason =>
        DashboardAnswer.Problem(StatusCodes.Status400BadRequest, $"A reason should be one of {string.Join(", ", DeadLetterReasons.Names)}.");
}

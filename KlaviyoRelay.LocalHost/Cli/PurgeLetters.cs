using KlaviyoRelay.LocalHost.Azurite;
using KlaviyoRelay.LocalHost.DeadLetters;

namespace KlaviyoRelay.LocalHost.Cli;

/// <summary>Deletes letters for good.</summary>
/// <param name="browser">Finds them.</param>
/// <param name="client">Deletes them.</param>
/// <param name="confirm">Asks before; null when the caller has said yes.</param>
internal sealed class PurgeLetters(DeadLetterBrowser browser, AzuriteQueueClient client, Func<string, CancellationToken, Task<bool>>? confirm) : IDeadLetterAction
{
    public async Task<DeadLetterReport> RunAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        if (confirm is null)
        {
            return await PurgeAsync(filter, _ => true, cancellationToken);
        }

        var report = await browser.FindAsync(filter, cancellationToken);
        if (report.Error is not null || report.Letters.Count == 0)
        {
            return report;
        }

        if (!await confirm($"Delete {DeadLetterText.Count(report.Letters)} for good? Nothing will be sent to Klaviyo for them. [y/N] ", cancellationToken))
        {
            return DeadLetterReport.Failed("Nothing was purged.");
        }

        // What has come meanwhile was not asked about.
        var agreed = report.Letters.Select(found => found.Message.Id).ToHashSet(StringComparer.Ordinal);
        return await PurgeAsync(filter, found => agreed.Contains(found.Message.Id), cancellationToken);
    }

    private Task<DeadLetterReport> PurgeAsync(DeadLetterFilter filter, Func<FoundLetter, bool> choose, CancellationToken cancellationToken) =>
        browser.SettleAsync(filter, choose, found => client.DeleteAsync(found.Queue, found.Message, CancellationToken.None), cancellationToken);
}

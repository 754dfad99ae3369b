using KlaviyoRelay.LocalHost.DeadLetters;

namespace KlaviyoRelay.Cli.DeadLetters;

/// <summary>Deletes letters for good.</summary>
/// <param name="browser">Finds them.</param>
/// <param name="confirm">Asks before; null when the caller has said yes.</param>
internal sealed class PurgeLetters(DeadLetterBrowser browser, Func<string, CancellationToken, Task<bool>>? confirm) : IDeadLetterAction
{
    public async Task<DeadLetterReport> RunAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        var report = await browser.FindAsync(filter, cancellationToken);
        if (report.Error is not null || report.Letters.Count == 0)
        {
            return report;
        }

        if (confirm is not null
            && !await confirm($"Delete {DeadLetterText.Count(report.Letters)} for good? Nothing will be sent to Klaviyo for them. [y/N] ", cancellationToken))
        {
            return DeadLetterReport.Failed("Nothing was purged.");
        }

        // What has come meanwhile was not asked about.
        return await browser.SettleAsync(report, filter, found => found.Message.DeleteAsync(), cancellationToken);
    }
}

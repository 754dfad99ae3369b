using KlaviyoRelay.LocalHost.DeadLetters;

namespace KlaviyoRelay.Cli.DeadLetters;

/// <summary>Finds the letters of one event: one, or more when its emails failed in different ways.</summary>
internal sealed class ShowLetters(DeadLetterBrowser browser) : IDeadLetterAction
{
    public async Task<DeadLetterReport> RunAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        var report = await browser.FindAsync(filter, cancellationToken);
        if (report.Error is not null)
        {
            return report;
        }

        return report.Letters.Select(found => found.Id).Distinct().ToList() switch
        {
            [] => DeadLetterReport.Failed($"No letter's id begins with {filter.IdPrefix}. It may have been delivered meanwhile; 'dead-letters list' shows what waits."),
            [_] => report,
            [var first, var second, ..] => DeadLetterReport.Failed($"The ids of several events begin with {filter.IdPrefix}, such as {first} and {second}. Give more of the id."),
        };
    }
}

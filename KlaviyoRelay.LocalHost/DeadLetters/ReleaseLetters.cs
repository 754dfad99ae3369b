using KlaviyoRelay.LocalHost.Azurite;

namespace KlaviyoRelay.LocalHost.DeadLetters;

/// <summary>Makes held letters due now. The relay takes them at its next poll, or when it is started.</summary>
internal sealed class ReleaseLetters(DeadLetterBrowser browser, AzuriteQueueClient client) : IDeadLetterAction
{
    public Task<DeadLetterReport> RunAsync(DeadLetterFilter filter, CancellationToken cancellationToken) => browser.SettleAsync(
        filter,
        found => found.IsHeld,
        found => client.UpdateAsync(found.Queue, found.Message, TimeSpan.Zero, CancellationToken.None),
        cancellationToken);
}

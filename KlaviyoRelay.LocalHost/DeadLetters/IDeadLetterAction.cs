namespace KlaviyoRelay.LocalHost.DeadLetters;

/// <summary>What one verb does.</summary>
internal interface IDeadLetterAction
{
    Task<DeadLetterReport> RunAsync(DeadLetterFilter filter, CancellationToken cancellationToken);
}

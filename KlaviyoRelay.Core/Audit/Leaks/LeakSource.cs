using KlaviyoRelay.Core.Klaviyo.Flows;

namespace KlaviyoRelay.Core.Audit.Leaks;

/// <summary>A flow that sent messages to customers in conversation, as it is now.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsByOurOwnEvents">Whether an event of the relay starts it.</param>
/// <param name="Messages">Its messages by their ids: the name, and whether it is transactional.</param>
public sealed record LeakSource(string Name, bool IsByOurOwnEvents, IReadOnlyDictionary<string, (string Name, bool IsTransactional)> Messages)
{
    public static LeakSource Of(string name, FlowDefinition? flow, AuditedAccount account) => new(
        name,
        flow?.Metrics.Any(account.OwnMetrics.ContainsKey) == true,
        (flow?.Steps.Values ?? []).Where(step => step.MessageId is not null).DistinctBy(step => step.MessageId)
            .ToDictionary(step => step.MessageId ?? "", step => (step.Name, step.IsTransactional), StringComparer.Ordinal));
}

using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Work;

/// <summary>What a batch could not do.</summary>
/// <param name="Message">The message it came from.</param>
/// <param name="Emails">The emails still to do; null for all of the customer's.</param>
/// <param name="Failure">Why.</param>
internal sealed record Undelivered(RelayMessage Message, IReadOnlyList<string>? Emails, DeliveryFailure Failure);

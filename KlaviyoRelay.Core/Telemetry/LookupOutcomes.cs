using KlaviyoRelay.Core.DeadLetters;
using KlaviyoRelay.Core.Helpdesks;

namespace KlaviyoRelay.Core.Telemetry;

/// <summary>What came of asking a helpdesk for a customer: <c>found</c>, or the reason why the event waits.</summary>
internal static class LookupOutcomes
{
    public const string Found = "found";

    public static string Of(CustomerLookup lookup) =>
        lookup is CustomerLookup.Failed failed ? DeadLetterReasons.NameOf(failed.Failure.Reason) : Found;
}

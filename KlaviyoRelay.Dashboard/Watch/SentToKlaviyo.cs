using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Klaviyo.Events;
using KlaviyoRelay.Core.Texts;

namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>What is remembered of a request to Klaviyo: not the event itself, whose properties hold the subject, and no value of a profile.</summary>
internal sealed record SentToKlaviyo(string? UniqueId, string Email, string Metric, DateTimeOffset Time, string? Property, int Together)
{
    private const string Profile = "profile";

    public static SentToKlaviyo Of(KlaviyoEvent sent, int together) => new(
        sent.UniqueId,
        sent.Email,
        sent.Content.Metric,
        sent.Content.Time,
        sent is { ProfileProperty: { } name, InConversation: { } value } ? $"{name} = {(value ? "true" : "false")}" : null,
        together);

    /// <param name="change">The customer's change.</param>
    /// <param name="identifier">The email, the phone number or the external id.</param>
    /// <param name="written">The names of what was sent.</param>
    public static SentToKlaviyo Of(CustomerChange change, string identifier, IReadOnlyList<string> written) =>
        new(UniqueId: null, identifier, Profile, change.OccurredAt, $"with {string.Join(", ", written)}", Together: 1);

    /// <summary>An email or a phone number, masked. A profile can have another id alone, which is not shown.</summary>
    public static string Masked(string identifier) =>
        EmailMask.Apply(identifier) is var masked && masked != identifier ? masked : "a customer without an email";
}

using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>What an adapter makes of a webhook.</summary>
public abstract record Translation
{
    private Translation()
    {
    }

    /// <summary>Why a happening that the webhook holds is left out, by one of <see cref="SkipReasons"/>; null when all are told.</summary>
    public string? LeftOut { get; init; }

    /// <summary>It holds conversation events.</summary>
    /// <param name="Events">The events.</param>
    /// <param name="Customer">The customer, where the webhook says who that is; null where the helpdesk has to be asked.</param>
    public sealed record Translated(IReadOnlyList<ConversationEvent> Events, WebhookCustomer? Customer = null) : Translation
    {
        /// <summary>It names a brand, and none of the connection's <c>Brands</c> has that id.</summary>
        public bool IsOfUnknownBrand { get; init; }
    }

    /// <summary>It tells of a customer, and not of a conversation.</summary>
    public sealed record Changed(CustomerChange Change) : Translation;

    /// <summary>It holds nothing that is relayed.</summary>
    /// <param name="Reason">Why not, in words; never a part of the webhook.</param>
    public sealed record Ignored(string Reason) : Translation
    {
        /// <summary>It rates, and what it rates with can't be read.</summary>
        public static Ignored Rating { get; } = new("The rating is neither a number from 1 to 5 nor one of the connection's Ratings.") { LeftOut = SkipReasons.NoRating };

        /// <summary>By the connection's <c>Account</c> or <c>Brands</c>.</summary>
        public static Ignored Brand { get; } = new("The connection ignores this brand.");
    }

    /// <summary>It is not what the helpdesk documents.</summary>
    /// <param name="Detail">What is wrong; never a part of the webhook.</param>
    /// <param name="Field">The field that is missing or wrong.</param>
    public sealed record Malformed(string Detail, string? Field) : Translation
    {
        public static Malformed Missing(string field) => new($"The field {field} is missing.", field);

        public static Malformed TooLong(string field) => new($"The field {field} is longer than {ConversationEvent.MaxIdLength} characters.", field);

        public static Malformed NotAnId(string field) => new($"The field {field} is not an id.", field);

        public static Malformed NotATime(string field) => new($"The field {field} is not an ISO 8601 time.", field);

        public static Malformed WrongType(string field) => new($"The field {field} has another type than the connection's settings say.", field);

        public static Malformed TooMany(string field, int limit) => new($"The field {field} holds more than {limit} values.", field);

        /// <summary>Either the text is no JSON, or a field has another type than the helpdesk documents.</summary>
        public static Malformed Json { get; } = new("The body is not JSON of the documented shape.", null);
    }
}

/// <summary>A customer of whom the webhook itself says enough.</summary>
/// <param name="Emails">In the webhook's order.</param>
/// <param name="Phone">For a customer without an email; null for none.</param>
/// <param name="PhoneRegion">The country of a number without a country code, by its two letters; null for none.</param>
public sealed record WebhookCustomer(IReadOnlyList<CustomerEmail> Emails, string? Phone, string? PhoneRegion = null);

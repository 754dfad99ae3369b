namespace KlaviyoRelay.Core.Helpdesks.Generic;

/// <summary>
/// Where a helpdesk's webhook has what the relay needs: <c>Relay__Connections__{name}__Generic__...</c>. Unset
/// takes the preset's value, empty takes none. Pointers are JSON Pointers (RFC 6901) such as
/// <c>/ticket/requester/email</c>; of several with <c>or</c> between them, the first that finds something counts.
/// </summary>
public sealed class GenericOptions
{
    /// <summary><c>zendesk</c>, <c>gorgias</c>, <c>intercom</c>, <c>freshdesk</c> or <c>standard</c>; unset for none.</summary>
    public string? Preset { get; set; }

    /// <summary>What the helpdesk is called in the default metric names: <c>{Name} Conversation Opened</c> and so on.</summary>
    public string? Name { get; set; }

    /// <summary>
    /// What happened; for the values see <see cref="Kinds"/>. Several pointers, separated by commas, make one value:
    /// theirs joined with <c>+</c>, as in <c>ticket-updated+closed</c>. <c>*</c> as the last matches any.
    /// </summary>
    public string? Kind { get; set; }

    /// <summary>Which values of <see cref="Kind"/> mean what.</summary>
    public GenericKindOptions Kinds { get; init; } = new();

    /// <summary>
    /// What tells this happening from another of its kind in the same conversation, and stays the same when the
    /// webhook is sent again; several pointers as in <see cref="Kind"/>, or a header such as
    /// <c>header:X-Zendesk-Webhook-Invocation-Id</c>. Unset: the kind and the time.
    /// </summary>
    public string? EventId { get; set; }

    /// <summary>The conversation's id.</summary>
    public string? ConversationId { get; set; }

    /// <summary>When it happened: ISO 8601 (UTC where it has no offset), or Unix seconds or milliseconds. Unset: when the webhook came.</summary>
    public string? OccurredAt { get; set; }

    /// <summary>The customer's emails: one, or an array of them. One segment may be <c>*</c>, as in <c>/customer/emails/*/address</c>.</summary>
    public string? Emails { get; set; }

    /// <summary>Whether an email is verified: true or false, found as <see cref="Emails"/> is, as in <c>/customer/emails/*/verified</c>.</summary>
    public string? EmailVerified { get; set; }

    /// <summary>The customer's phone number (E.164), for events of customers without an email. Klaviyo takes it where SMS is set up.</summary>
    public string? Phone { get; set; }

    /// <summary>The country of phone numbers without a country code, by its two letters, such as <c>US</c>. Unset: such numbers are none.</summary>
    public string? PhoneRegion { get; set; }

    /// <summary>The conversation's subject.</summary>
    public string? Subject { get; set; }

    /// <summary>The channel, such as <c>email</c>.</summary>
    public string? Channel { get; set; }

    /// <summary>A pointer, or an address such as <c>https://acme.zendesk.com/agent/tickets/{conversationId}</c>, which may hold <c>{/pointers}</c> too.</summary>
    public string? Link { get; set; }

    /// <summary>The rating: 1 to 5, or a value of <see cref="Ratings"/>.</summary>
    public string? Rating { get; set; }

    /// <summary>Ratings that are not 1 to 5, such as <c>bad=1,good=5</c> or <c>0..6=1,7..8=3,9..10=5</c>, compared without regard to case.</summary>
    public string? Ratings { get; set; }

    /// <summary>Whether a rating makes an event of its own in a webhook of any kind, once for each conversation and rating.</summary>
    public bool? RatingIsEvent { get; set; }

    /// <summary>The brand's id, for <c>Relay__Connections__{name}__Brands</c>.</summary>
    public string? Brand { get; set; }

    /// <summary>How many conversations of the customer are open after this event; while there are some, a close does not clear the profile property.</summary>
    public string? OpenConversations { get; set; }

    /// <summary>Whether texts are made for a page: their tags are taken out, and their entities decoded once.</summary>
    public bool? Html { get; set; }

    /// <summary>Texts that stand for no value, such as <c>None</c>, separated by commas.</summary>
    public string? Empty { get; set; }

    /// <summary>These settings, with the preset's where they say nothing.</summary>
    public GenericOptions Over(GenericOptions preset) => new()
    {
        Name = Name ?? preset.Name,
        Kind = Kind ?? preset.Kind,
        Kinds = new GenericKindOptions
        {
            Opened = Kinds.Opened ?? preset.Kinds.Opened,
            Closed = Kinds.Closed ?? preset.Kinds.Closed,
            Reopened = Kinds.Reopened ?? preset.Kinds.Reopened,
            Rated = Kinds.Rated ?? preset.Kinds.Rated,
        },
        EventId = EventId ?? preset.EventId,
        ConversationId = ConversationId ?? preset.ConversationId,
        OccurredAt = OccurredAt ?? preset.OccurredAt,
        Emails = Emails ?? preset.Emails,
        EmailVerified = EmailVerified ?? preset.EmailVerified,
        Phone = Phone ?? preset.Phone,
        Subject = Subject ?? preset.Subject,
        Channel = Channel ?? preset.Channel,
        Link = Link ?? preset.Link,
        Rating = Rating ?? preset.Rating,
        Ratings = Ratings ?? preset.Ratings,
        RatingIsEvent = RatingIsEvent ?? preset.RatingIsEvent,
        Brand = Brand ?? preset.Brand,
        OpenConversations = OpenConversations ?? preset.OpenConversations,
        PhoneRegion = PhoneRegion ?? preset.PhoneRegion,
        Html = Html ?? preset.Html,
        Empty = Empty ?? preset.Empty,
    };
}

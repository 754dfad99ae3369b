using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Helpdesks;

namespace KlaviyoRelay.Core.Connections;

/// <summary>A configured connection with the helpdesk's defaults filled in.</summary>
internal sealed class Connection(string name, ConnectionOptions options)
{
    private readonly HelpdeskDefaults _defaults = HelpdeskDefaults.Of(Enum.Parse<HelpdeskKind>(options.Helpdesk, ignoreCase: true));

    public string Name { get; } = name;

    /// <summary>What its settings' names begin with.</summary>
    public string Setting => $"{RelayOptions.SectionName}__Connections__{Name}";

    public HelpdeskKind Helpdesk => _defaults.Helpdesk;

    public string Account => Options.Account;

    public EmailRule Emails { get; } = Enum.Parse<EmailRule>(options.Emails, ignoreCase: true);

    /// <summary>The profile property that says whether the customer is in a conversation; null for none.</summary>
    public string? ProfileProperty => (Options.ProfileProperty ?? _defaults.ProfileProperty) is { Length: > 0 } property ? property : null;

    /// <summary>Whether events carry the conversation's properties, or the email and the profile property only.</summary>
    public bool SendsProperties => _defaults.SendsProperties;

    public ConnectionOptions Options { get; } = options;

    /// <summary>The Klaviyo metric for a kind of event.</summary>
    public string MetricFor(ConversationEventKind kind) => kind switch
    {
        ConversationEventKind.Opened => Options.Metrics.Opened ?? _defaults.Opened,
        ConversationEventKind.Closed => Options.Metrics.Closed ?? _defaults.Closed,
        ConversationEventKind.Reopened => Options.Metrics.Reopened ?? _defaults.Reopened,
        ConversationEventKind.Rated => Options.Metrics.Rated ?? _defaults.Rated,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no metric for this kind of event."),
    };
}

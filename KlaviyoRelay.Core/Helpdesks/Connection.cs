
namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>A configured connection with the helpdesk's defaults filled in.</summary>
public sealed class Connection
{
    private readonly HelpdeskDefaults _defaults;
    private readonly BrandRouting _routing;

    public Connection(string name, ConnectionOptions options, IHelpdesk helpdesk)
    {
        Name = name;
        Options = options;
        Emails = Enum.Parse<EmailRule>(options.Emails, ignoreCase: true);
        Helpdesk = helpdesk;
        _defaults = helpdesk.DefaultsOf(options);
        _routing = new BrandRouting(options);
        ProfileProperty = (options.ProfileProperty ?? _defaults.ProfileProperty) is { Length: > 0 } property ? property : null;
    }

    public string Name { get; }

    /// <summary>What its settings' names begin with.</summary>
    public string Setting => $"Relay__Connections__{Name}";

    public IHelpdesk Helpdesk { get; }

    public ConnectionOptions Options { get; }

    public EmailRule Emails { get; }

    /// <summary>Every Klaviyo account that the connection's events can go to.</summary>
    public IReadOnlyList<string> Accounts => _routing.Accounts;

    /// <summary>Whether the connection's events can go to more than one account.</summary>
    public bool HasSeveralAccounts => Accounts.Count > 1;

    /// <summary>Whether only a record of conversations can tell what the flag is: the helpdesk can't be asked, or several accounts have one.</summary>
    public bool NeedsRecord => ProfileProperty is not null && (!Helpdesk.CanBeAsked || HasSeveralAccounts);

    /// <summary>The profile property that says whether the customer is in a conversation; null for none.</summary>
    public string? ProfileProperty { get; }

    /// <summary>Whether events carry the conversation's properties, or the email and the profile property only.</summary>
    public bool SendsProperties => _defaults.SendsProperties;

    /// <summary>The Klaviyo account that a brand's events go to; null when they are ignored.</summary>
    /// <param name="brand">The helpdesk's id of the brand or inbox; null when the webhook does not say.</param>
    public string? AccountFor(string? brand) => _routing.AccountFor(brand);

    /// <summary>Whether the brand is one of <c>Brands</c>; true where none are set, or the webhook names none.</summary>
    public bool Knows(string? brand) => _routing.Knows(brand);

    /// <summary>The Klaviyo metric for an event.</summary>
    public string MetricFor(ConversationEvent conversationEvent) =>
        conversationEvent.LeavesAccount ? MovedMetric : MetricFor(conversationEvent.Kind);

    /// <summary>The Klaviyo metric that tells an account that a conversation went to another one.</summary>
    public string MovedMetric => Options.Metrics.Moved ?? _defaults.Moved;

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

using KlaviyoRelay.Core.Helpdesks.Webhooks;
using Microsoft.Extensions.Configuration;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>One helpdesk connection: <c>Relay__Connections__{name}__...</c>.</summary>
public sealed class ConnectionOptions
{
    private readonly Dictionary<Type, object> _own = [];

    /// <summary>The name of the helpdesk, such as <c>gladly</c>.</summary>
    public string Helpdesk { get; set; } = "";

    /// <summary>
    /// The Klaviyo account that the events go to, unless <see cref="Brands"/> say another: a key of
    /// <c>Relay__Accounts</c>, or <c>ignore</c>.
    /// </summary>
    public string Account { get; set; } = "";

    /// <summary>Brands whose events go elsewhere, by a name of one's own: <c>[a-z0-9_]{1,32}</c>.</summary>
    public Dictionary<string, BrandOptions> Brands { get; init; } = [];

    /// <summary>Whether an event may create a Klaviyo profile; false sends only to emails that Klaviyo knows.</summary>
    public bool CreateProfiles { get; set; } = true;

    /// <summary>Which of a customer's emails get the event: <c>all</c>, <c>primary</c> or <c>verified</c>.</summary>
    public string Emails { get; set; } = "all";

    /// <summary>
    /// The profile property that says whether the customer is in a conversation now. Unset: the helpdesk's
    /// default, which can be none. Empty: no property is set.
    /// </summary>
    public string? ProfileProperty { get; set; }

    /// <summary>Klaviyo metric names that replace the helpdesk's defaults.</summary>
    public MetricNameOptions Metrics { get; init; } = new();

    /// <summary>Event property names that replace the defaults.</summary>
    public PropertyNameOptions Properties { get; init; } = new();

    /// <summary>How the helpdesk proves that a webhook is its own.</summary>
    public WebhookOptions Webhook { get; init; } = new();

    /// <summary>Who may ask what Klaviyo knows of a customer.</summary>
    public CardOptions Card { get; init; } = new();

    /// <summary>The settings that only its helpdesk has, such as where its API is: <c>Relay__Connections__{name}__{helpdesk}__...</c>.</summary>
    /// <typeparam name="T">The helpdesk's class of options.</typeparam>
    public T Own<T>()
        where T : class, new() => _own.GetValueOrDefault(typeof(T)) as T ?? new T();

    /// <summary>Reads the part of the settings that is a helpdesk's own.</summary>
    public void Read(IHelpdesk helpdesk, IConfigurationSection connection)
    {
        if (connection.GetSection(helpdesk.Title).Get(helpdesk.OptionsType) is { } own)
        {
            _own[helpdesk.OptionsType] = own;
        }
    }
}

using KlaviyoRelay.Core.Helpdesks.Webhooks;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>The rules for one connection's settings.</summary>
public static class ConnectionOptionsValidator
{
    /// <summary>The helpdesks' names as a sentence lists them.</summary>
    public static string NamesOf(IReadOnlyList<IHelpdesk> helpdesks) =>
        $"{string.Join(", ", helpdesks.SkipLast(1).Select(helpdesk => helpdesk.Name))} or {helpdesks[^1].Name}";

    public static void Check(
        string setting,
        ConnectionOptions connection,
        Dictionary<string, AccountOptions> accounts,
        IReadOnlyList<IHelpdesk> helpdesks,
        SecretReferences secrets,
        SettingErrors errors)
    {
        BrandRoutingValidator.Check(setting, connection, accounts, errors);
        if (connection.Emails is not ("all" or "primary" or "verified"))
        {
            errors.Add($"{setting}__Emails", connection.Emails, "all, primary or verified");
        }

        WebhookOptionsValidator.Check($"{setting}__Webhook", connection.Webhook, secrets, errors);
        CheckHelpdesk(setting, connection, helpdesks, secrets, errors);
        CheckCard($"{setting}__{nameof(connection.Card)}", connection, helpdesks, secrets, errors);
        CheckNames(setting, connection, errors);
    }

    private static void CheckHelpdesk(string setting, ConnectionOptions connection, IReadOnlyList<IHelpdesk> helpdesks, SecretReferences secrets, SettingErrors errors)
    {
        if (helpdesks.FirstOrDefault(helpdesk => helpdesk.Name == connection.Helpdesk) is { } known)
        {
            known.Check(setting, connection, secrets, errors);
        }
        else
        {
            errors.Add($"{setting}__Helpdesk", connection.Helpdesk, NamesOf(helpdesks));
        }
    }

    private static void CheckCard(string setting, ConnectionOptions connection, IReadOnlyList<IHelpdesk> helpdesks, SecretReferences secrets, SettingErrors errors)
    {
        var card = connection.Card;
        if (!card.IsOn)
        {
            if (card.SecondSecret.Length > 0)
            {
                errors.Add($"{setting}__{nameof(card.Secret)}", null, $"the name of a secret, because {nameof(card.SecondSecret)} names a second one");
            }

            return;
        }

        if (helpdesks.FirstOrDefault(helpdesk => helpdesk.Name == connection.Helpdesk) is { CanBeAsked: false })
        {
            errors.Add($"{setting}__{nameof(card.Secret)}", card.Secret, $"left out: a helpdesk of kind {connection.Helpdesk} can't be asked who a customer is");
            return;
        }

        secrets.Check($"{setting}__{nameof(card.Secret)}", card.Secret, "the card's token");
        if (card.SecondSecret.Length > 0)
        {
            secrets.Check($"{setting}__{nameof(card.SecondSecret)}", card.SecondSecret, "the card's other token");
        }

        errors.CheckRate($"{setting}__{nameof(card.RequestsPerMinute)}", card.RequestsPerMinute);
    }

    private static void CheckNames(string setting, ConnectionOptions connection, SettingErrors errors)
    {
        var metrics = connection.Metrics;
        CheckMetric($"{setting}__Metrics__{nameof(metrics.Opened)}", metrics.Opened, errors);
        CheckMetric($"{setting}__Metrics__{nameof(metrics.Closed)}", metrics.Closed, errors);
        CheckMetric($"{setting}__Metrics__{nameof(metrics.Reopened)}", metrics.Reopened, errors);
        CheckMetric($"{setting}__Metrics__{nameof(metrics.Moved)}", metrics.Moved, errors);
        CheckMetric($"{setting}__Metrics__{nameof(metrics.Rated)}", metrics.Rated, errors);

        var properties = connection.Properties;
        KlaviyoNames.CheckProperty($"{setting}__Properties__{nameof(properties.ConversationId)}", properties.ConversationId, errors);
        KlaviyoNames.CheckProperty($"{setting}__Properties__{nameof(properties.ConversationLink)}", properties.ConversationLink, errors);
        KlaviyoNames.CheckProperty($"{setting}__Properties__{nameof(properties.ConversationChannel)}", properties.ConversationChannel, errors);
        KlaviyoNames.CheckProperty($"{setting}__Properties__{nameof(properties.Subject)}", properties.Subject, errors);
        KlaviyoNames.CheckProperty($"{setting}__Properties__{nameof(properties.Rating)}", properties.Rating, errors);
        KlaviyoNames.CheckProperty($"{setting}__Properties__{nameof(properties.Score)}", properties.Score, errors);
        if (connection.ProfileProperty is { Length: > 0 } profileProperty)
        {
            KlaviyoNames.CheckProperty($"{setting}__{nameof(connection.ProfileProperty)}", profileProperty, errors);
        }

        string[] names = [properties.ConversationId, properties.ConversationLink, properties.ConversationChannel, properties.Subject, properties.Rating, properties.Score];
        if (names.Distinct(StringComparer.Ordinal).Count() != names.Length)
        {
            errors.Add($"{setting}__Properties", string.Join(", ", names), "six different names");
        }
    }

    private static void CheckMetric(string setting, string? metric, SettingErrors errors)
    {
        if (metric is not null)
        {
            KlaviyoNames.CheckMetric(setting, metric, errors);
        }
    }
}

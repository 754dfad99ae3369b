using KlaviyoRelay.Core.Helpdesks.Generic;
using KlaviyoRelay.Core.Helpdesks.Webhooks;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>The rules for one connection's settings.</summary>
internal static class ConnectionOptionsValidator
{
    public const string KnownHelpdesks = "gladly, kustomer or generic";

    public static void Check(string setting, ConnectionOptions connection, Dictionary<string, AccountOptions> accounts, SecretReferences secrets, SettingErrors errors)
    {
        BrandRoutingValidator.Check(setting, connection, accounts, errors);
        if (connection.Emails is not ("all" or "primary" or "verified"))
        {
            errors.Add($"{setting}__Emails", connection.Emails, "all, primary or verified");
        }

        WebhookOptionsValidator.Check($"{setting}__Webhook", connection.Webhook, secrets, errors);
        CheckHelpdesk(setting, connection, secrets, errors);
        CheckNames(setting, connection, errors);
    }

    private static void CheckHelpdesk(string setting, ConnectionOptions connection, SecretReferences secrets, SettingErrors errors)
    {
        switch (connection.Helpdesk)
        {
            case "gladly":
                CheckAddress($"{setting}__Gladly__BaseAddress", connection.Gladly.BaseAddress, errors);
                Require($"{setting}__Gladly__ApiUser", connection.Gladly.ApiUser, "the email address of the agent that the API token belongs to", errors);
                secrets.Check($"{setting}__Gladly__ApiTokenSecret", connection.Gladly.ApiTokenSecret, "the Gladly API token");
                CheckPositive($"{setting}__Gladly__RequestsPerSecond", connection.Gladly.RequestsPerSecond, errors);
                if (connection.Emails == "verified")
                {
                    errors.Add($"{setting}__Emails", connection.Emails, "all or primary, because Gladly does not mark emails as verified");
                }

                break;
            case "kustomer":
                CheckAddress($"{setting}__Kustomer__BaseAddress", connection.Kustomer.BaseAddress, errors);
                secrets.Check($"{setting}__Kustomer__ApiKeySecret", connection.Kustomer.ApiKeySecret, "the Kustomer API key");
                CheckPositive($"{setting}__Kustomer__RequestsPerMinute", connection.Kustomer.RequestsPerMinute, errors);
                break;
            case "generic":
                CheckGeneric(setting, connection, errors);
                break;
            default:
                errors.Add($"{setting}__Helpdesk", connection.Helpdesk, KnownHelpdesks);
                break;
        }
    }

    private static void CheckGeneric(string setting, ConnectionOptions connection, SettingErrors errors)
    {
        if (GenericMappingReader.Read($"{setting}__Generic", connection.Generic, errors) is not { } mapping)
        {
            return;
        }

        if (!string.IsNullOrWhiteSpace(connection.Generic.Name))
        {
            // The names of metrics begin with it.
            KlaviyoNames.CheckMetric($"{setting}__Generic__{nameof(connection.Generic.Name)}", connection.Generic.Name, errors);
        }

        if (connection.Emails == "verified" && mapping.EmailVerified is null)
        {
            errors.Add($"{setting}__Emails", connection.Emails, $"all or primary, or {setting}__Generic__EmailVerified set, which says where a webhook marks emails as verified");
        }

        if (mapping.Phone is { } phone && !connection.CreateProfiles)
        {
            // Whether Klaviyo knows a profile is asked by email only.
            errors.Add($"{setting}__Generic__Phone", phone.Text, $"left out, or {setting}__CreateProfiles true: whether Klaviyo has a profile is not asked by phone number");
        }

        if (connection.Brands.Count > 0 && mapping.Brand is null)
        {
            errors.Add($"{setting}__Generic__Brand", null, "a JSON Pointer such as /ticket/brand, because Brands are set");
        }
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

    private static void CheckAddress(string setting, string address, SettingErrors errors)
    {
        if (BaseAddress.Parse(address) is null)
        {
            errors.Add(setting, address, BaseAddress.Expected);
        }
    }

    private static void CheckPositive(string setting, int value, SettingErrors errors)
    {
        if (value is < 1 or > 100_000)
        {
            errors.Add(setting, FormattableString.Invariant($"{value}"), "a whole number from 1 to 100000");
        }
    }

    private static void Require(string setting, string value, string expected, SettingErrors errors)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            errors.Add(setting, value, expected);
        }
    }
}

using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Core.Helpdesks.Webhooks;

/// <summary>The rules for one connection's webhook settings.</summary>
public static class WebhookOptionsValidator
{
    private const int LargestConcurrency = 10_000;

    public static void Check(string setting, WebhookOptions webhook, SecretReferences secrets, SettingErrors errors)
    {
        if (!WebhookKinds.All.Contains(webhook.Kind))
        {
            errors.Add($"{setting}__Kind", webhook.Kind, string.Join(", ", WebhookKinds.All) + "; a connection without webhook authentication does not start");
            return;
        }

        if (webhook.Kind == WebhookKinds.Basic)
        {
            CheckUsername($"{setting}__Username", webhook.Username, errors);
        }
        else
        {
            CheckHeader($"{setting}__Header", webhook, errors);
        }

        if (webhook.Kind == WebhookKinds.Hmac)
        {
            CheckSignature($"{setting}__Signature", webhook.Signature, errors);
        }

        secrets.Check($"{setting}__Secret", webhook.Secret, "the webhook's password, token or signing key");
        if (webhook.SecondSecret.Length > 0)
        {
            secrets.Check($"{setting}__SecondSecret", webhook.SecondSecret, "the webhook's other password, token or signing key");
        }

        if (webhook.MaxConcurrency is < 1 or > LargestConcurrency)
        {
            errors.Add($"{setting}__MaxConcurrency", FormattableString.Invariant($"{webhook.MaxConcurrency}"), FormattableString.Invariant($"a whole number from 1 to {LargestConcurrency}"));
        }
    }

    private static void CheckUsername(string setting, string username, SettingErrors errors)
    {
        if (string.IsNullOrWhiteSpace(username))
        {
            errors.Add(setting, username, "the user name that the helpdesk sends");
        }
        else if (username.Contains(':', StringComparison.Ordinal))
        {
            errors.Add(setting, username, "without a colon, which HTTP Basic can't carry in a user name");
        }
    }

    private static void CheckHeader(string setting, WebhookOptions webhook, SettingErrors errors)
    {
        const string Expected = "the name of the header that carries the token or the signature";
        var hasDefault = HmacSchemes.All.Any(scheme => scheme.Kind == webhook.Kind && scheme.Header is not null);
        if (webhook.Header.Length > 0 ? !HeaderName.IsValid(webhook.Header) : !hasDefault)
        {
            errors.Add(setting, webhook.Header, Expected);
        }
    }

    private static void CheckSignature(string setting, SignatureOptions signature, SettingErrors errors)
    {
        if (!HmacSchemes.Algorithms.ContainsKey(signature.Algorithm))
        {
            errors.Add($"{setting}__Algorithm", signature.Algorithm, string.Join(", ", HmacSchemes.Algorithms.Keys));
        }

        if (!HmacSchemes.Encodings.ContainsKey(signature.Encoding))
        {
            errors.Add($"{setting}__Encoding", signature.Encoding, string.Join(", ", HmacSchemes.Encodings.Keys));
        }

        if (SignedText.Parse(signature.SignedText) is not { } text)
        {
            errors.Add($"{setting}__SignedText", signature.SignedText, "{body} once, and beside it text and names of headers in braces, such as {podium-timestamp}.{body}");
        }
        else if (signature.TimeHeader.Length > 0 && !text.Headers.Contains(signature.TimeHeader, StringComparer.OrdinalIgnoreCase))
        {
            errors.Add($"{setting}__TimeHeader", signature.TimeHeader, "a header of SignedText, because a time that is not signed can be replaced");
        }

        if (signature.Tolerance < TimeSpan.FromSeconds(1) || signature.Tolerance > TimeSpan.FromDays(1))
        {
            errors.Add($"{setting}__Tolerance", $"{signature.Tolerance}", "a time from 00:00:01 to 1.00:00:00");
        }
    }
}

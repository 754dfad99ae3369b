using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Insights;
using KlaviyoRelay.Core.Secrets;

namespace KlaviyoRelay.Dashboard.Act;

/// <summary>What Klaviyo holds of a customer of a real helpdesk, by way of the connection's card: within its limits and only when it is asked for.</summary>
internal sealed class AskedActions(InsightDesk desk, ConnectionRegistry connections, ISecretStore secrets)
{
    private const int MaxEvents = 10;

    public async Task<DashboardAnswer> AskAsync(HttpRequest request)
    {
        var (name, customer, cancellationToken) = ($"{request.RouteValues["connection"]}", $"{request.RouteValues["customer"]}", request.HttpContext.RequestAborted);
        if (connections.Find(name) is not { Options.Card.Secret: { Length: > 0 } secret })
        {
            return DashboardAnswer.Problem(StatusCodes.Status409Conflict, $"The connection '{name}' has no card, by way of which Klaviyo is asked: switch it on (docs/insights.md).");
        }

        try
        {
            var token = await secrets.GetAsync(secret, cancellationToken);
            return await desk.AnswerAsync(name, customer, $"Bearer {token}", cancellationToken) switch
            {
                InsightOutcome.Found { Insight: var insight } => DashboardAnswer.Of(Of(insight), DashboardJson.Default.HeldCustomer),
                InsightOutcome.UnknownCustomer => DashboardAnswer.Problem(StatusCodes.Status404NotFound, "The helpdesk does not know this customer. The id is the helpdesk's own, and no email."),
                InsightOutcome.Unavailable { Detail: var detail } => DashboardAnswer.Problem(StatusCodes.Status503ServiceUnavailable, detail),
                _ => DashboardAnswer.Problem(StatusCodes.Status503ServiceUnavailable, "The card is asked too often now. Try again in a minute."),
            };
        }
        catch (SecretUnavailableException exception)
        {
            return DashboardAnswer.Problem(StatusCodes.Status503ServiceUnavailable, exception.Message);
        }
    }

    private static HeldCustomer Of(Insight insight) => new(
        [.. insight.Accounts.SelectMany(account => account.Profiles.Select(profile => Of(account.Account, profile)))],
        Unknown: 0,
        [.. insight.Accounts.SelectMany(account => account.Missing.Concat(account.Profiles.SelectMany(profile => profile.Missing))).Select(missing => missing.Why).Distinct(StringComparer.Ordinal)]);

    private static HeldProfile Of(string account, ProfileInsight profile) => new(
        $"Profile {profile.Id}",
        account,
        [.. profile.InConversation.Select(flag => new HeldFlag(flag.Property, flag.Value))],
        [.. profile.Consent.Select(consent => new HeldConsent(consent.Channel, consent.Status))],
        [.. (profile.Conversations ?? []).Take(MaxEvents).Select(moment => new HeldEvent(moment.Event, moment.At))])
    {
        AsOf = profile.AsOf,
    };
}

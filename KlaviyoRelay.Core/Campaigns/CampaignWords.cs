using KlaviyoRelay.Core.Campaigns.Drafts;
using KlaviyoRelay.Core.Campaigns.Steps;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;

namespace KlaviyoRelay.Core.Campaigns;

/// <summary>What went wrong, in the words that people who send campaigns know.</summary>
public static class CampaignWords
{
    /// <summary>All that campaigns need.</summary>
    public const string Scopes = "accounts:read, campaigns:read, campaigns:write, lists:read, segments:read, templates:read, templates:write and metrics:read";

    /// <summary>A failure of a request, explained.</summary>
    /// <param name="failure">What was answered.</param>
    /// <param name="scope">The scope that the request needs.</param>
    /// <param name="account">Whose key it was.</param>
    public static DeliveryFailure Explain(DeliveryFailure failure, string scope, KlaviyoAccount account) => failure.Reason switch
    {
        DeadLetterReason.Unauthorized => failure with { Detail = $"Invalid API key: create a new private key in Klaviyo, Settings, API keys, and store it in the secret '{account.SecretOf(Lane.Campaigns)}'." },
        DeadLetterReason.Forbidden => failure with { Detail = $"Scopes insufficient: the key lacks {scope}. Campaigns need {Scopes}. Create a new private key, because scopes of a key can't be changed, and store it in the secret '{account.SecretOf(Lane.Campaigns)}'." },
        _ => failure,
    };

    /// <inheritdoc cref="Explain(DeliveryFailure, string, KlaviyoAccount)"/>
    public static Result<T> Explained<T>(this Result<T> result, string scope, KlaviyoAccount account)
        where T : class => result.IsSuccess ? result : Result.Failed<T>(Explain(result.Failure, scope, account));

    /// <inheritdoc cref="Explain(DeliveryFailure, string, KlaviyoAccount)"/>
    public static ChangeAnswer Explained(this ChangeAnswer answer, string scope, KlaviyoAccount account) =>
        answer is ChangeAnswer.Failed failed ? new ChangeAnswer.Failed(Explain(failed.Failure, scope, account)) : answer;

    /// <summary>Klaviyo's refusal, with what to do where that is known.</summary>
    public static CampaignProblem Of(KlaviyoRefusal refusal)
    {
        var pointer = refusal.Pointer ?? "";
        bool Names(string part) => pointer.Contains(part, StringComparison.OrdinalIgnoreCase);

        var words = Names("/from_email") || Names("/reply_to_email") ? "Sender not authorized: allow the address in Klaviyo, Settings, Email, sender and domains, or use the account's default sender."
            : Names("/audiences") ? "A list or segment is gone: read the audiences again and choose anew."
            : Names("/template") ? "The template is gone, or can't be used for email: choose another."
            : Names("/send_strategy") ? "Klaviyo does not take the time: it should be in the future."
            : null;
        return new CampaignProblem(words is null ? refusal.Detail : $"{words} {refusal.Detail}", refusal.Pointer);
    }

    /// <summary>What is not known of a step.</summary>
    public static string Doubt(CampaignStep step) =>
        $"It is not known yet whether Klaviyo {(step switch
        {
            CampaignStep.MakeTemplate => "made the template",
            CampaignStep.MakeCampaign => "made the campaign",
            CampaignStep.AssignTemplate => "assigned the template",
            CampaignStep.Send => "scheduled the campaign",
            _ => "stopped the campaign",
        })}, because its answer was lost or another request does the same now. Send the same request again: nothing is done twice.";
}

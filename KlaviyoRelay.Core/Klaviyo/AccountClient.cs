using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>Reads what an account is called (developers.klaviyo.com, Get Accounts).</summary>
public sealed class AccountClient(KlaviyoApi klaviyo)
{
    private const string Accounts = "api/accounts";

    public async Task<Result<string>> FindNameAsync(KlaviyoAccount account, BatchBudget budget, CancellationToken cancellationToken)
    {
        var call = new KlaviyoCall(account, Lane.Insights, KlaviyoEndpoint.ReadAccount, HttpMethod.Get, Accounts) { Route = Accounts };
        var read = await klaviyo.ReadAsync(call, KlaviyoJsonContext.Default.KlaviyoAccountAnswer, budget, cancellationToken);
        return !read.IsSuccess ? read.Failure
            : read.Value.Data is [{ Attributes.ContactInformation.OrganizationName: { Length: > 0 } name }, ..] ? name
            : KlaviyoApi.Unreadable;
    }
}

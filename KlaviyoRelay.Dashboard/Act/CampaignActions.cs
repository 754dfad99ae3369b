using System.Text.Json;
using KlaviyoRelay.Core.Campaigns;
using KlaviyoRelay.Core.Campaigns.Drafts;
using KlaviyoRelay.Core.Campaigns.Figures;
using KlaviyoRelay.Core.Campaigns.Steps;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;

namespace KlaviyoRelay.Dashboard.Act;

/// <summary>Shows campaigns, makes and schedules them and stops them, as the functions and the command line do.</summary>
internal sealed class CampaignActions(CampaignAccess access, CampaignSwitch campaigns, CampaignMaker maker, Audiences audiences, PerformanceReports reports, TimeProvider clock)
{
    // A browser waits for the answer.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(100);

    public Task<DashboardAnswer> AccountsAsync(HttpRequest request) => Task.FromResult(DashboardAnswer.Of(
        new CampaignAccounts([.. access.All.Select(name => new CampaignAccount(name, access.Allowed.Contains(name) ? null : CampaignAccess.Off(name)))]),
        DashboardJson.Default.CampaignAccounts));

    public Task<DashboardAnswer> ListAsync(HttpRequest request) => AnswerAsync(
        request.Query["account"],
        (account, budget) => campaigns.ListAsync(account, status: null, budget, request.HttpContext.RequestAborted),
        list => DashboardAnswer.Of(list, DashboardJson.Default.CampaignList));

    /// <summary>One campaign, with how many would get it.</summary>
    public Task<DashboardAnswer> EstimateAsync(HttpRequest request) => AnswerAsync(
        request.Query["account"],
        (account, budget) => campaigns.FindAsync(account, $"{request.RouteValues["id"]}", isEstimated: true, budget, request.HttpContext.RequestAborted),
        Shown);

    public Task<DashboardAnswer> AudiencesAsync(HttpRequest request) => AnswerAsync<AudienceList>(
        request.Query["account"],
        async (account, budget) => await audiences.AllAsync(account, isFresh: false, budget, request.HttpContext.RequestAborted) switch
        {
            { IsSuccess: true, Value: var all } => new CampaignOutcome<AudienceList>.Done(all),
            { Failure: var failure } => new CampaignOutcome<AudienceList>.Failed(failure),
        },
        list => DashboardAnswer.Of(list, DashboardJson.Default.AudienceList));

    public Task<DashboardAnswer> PerformanceAsync(HttpRequest request) => AnswerAsync(
        request.Query["account"],
        (account, budget) => reports.ReadAsync(account, request.Query["timeframe"], budget, request.HttpContext.RequestAborted),
        figures => DashboardAnswer.Of(figures, DashboardJson.Default.CampaignPerformance));

    public Task<DashboardAnswer> MakeAsync(NewCampaignRequest request, CancellationToken cancellationToken) => AnswerAsync(
        request.Account,
        (account, budget) => maker.MakeAsync(
            account, JsonSerializer.SerializeToUtf8Bytes(request.Campaign ?? new CampaignRequest(), CampaignRequestJsonContext.Default.CampaignRequest), key: null, budget, cancellationToken),
        Shown);

    public async Task<DashboardAnswer> BringAsync(CampaignChange change, CancellationToken cancellationToken) => change.Goal switch
    {
        "schedule" => await BringAsync(change, SendingGoal.Scheduled, cancellationToken),
        "cancel" => await BringAsync(change, SendingGoal.Cancelled, cancellationToken),
        "revert" => await BringAsync(change, SendingGoal.Draft, cancellationToken),
        _ => DashboardAnswer.Problem(StatusCodes.Status400BadRequest, $"'{change.Goal}' is nothing that a campaign can do: goal should be schedule, cancel or revert."),
    };

    private Task<DashboardAnswer> BringAsync(CampaignChange change, SendingGoal goal, CancellationToken cancellationToken) => AnswerAsync(
        change.Account, (account, budget) => campaigns.BringAsync(account, change.Id ?? "", goal, budget, cancellationToken), Shown);

    private static DashboardAnswer Shown(CampaignView view) => DashboardAnswer.Of(view, DashboardJson.Default.CampaignView);

    private async Task<DashboardAnswer> AnswerAsync<T>(string? name, Func<KlaviyoAccount, BatchBudget, Task<CampaignOutcome<T>>> act, Func<T, DashboardAnswer> answer)
    {
        if (name is null || access.Find(name) is not { } account)
        {
            return DashboardAnswer.Problem(StatusCodes.Status400BadRequest, $"'{name}' is no account: it should be one of {string.Join(", ", access.All)}.");
        }

        if (!account.HasCampaigns)
        {
            return DashboardAnswer.Problem(StatusCodes.Status403Forbidden, CampaignAccess.Off(name));
        }

        try
        {
            var outcome = await act(account, new BatchBudget(clock, Longest));
            return outcome is CampaignOutcome<T>.Done done ? answer(done.Value) : Why(outcome);
        }
        catch (CampaignStoreException exception)
        {
            return DashboardAnswer.Problem(StatusCodes.Status503ServiceUnavailable, exception.Message);
        }
    }

    private static DashboardAnswer Why<T>(CampaignOutcome<T> outcome) => outcome switch
    {
        CampaignOutcome<T>.Refused { Problems: var problems } => DashboardAnswer.Problem(StatusCodes.Status422UnprocessableEntity, string.Join(' ', problems.Select(problem => problem.Text))),
        CampaignOutcome<T>.Conflict { Why: var why } => DashboardAnswer.Problem(StatusCodes.Status409Conflict, why),
        CampaignOutcome<T>.Missing { Why: var why } => DashboardAnswer.Problem(StatusCodes.Status404NotFound, why),
        CampaignOutcome<T>.Waiting { Why: var why } => DashboardAnswer.Problem(StatusCodes.Status503ServiceUnavailable, why),
        CampaignOutcome<T>.Failed { Failure: var failure } => DashboardAnswer.Problem(
            failure.IsTransient ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status502BadGateway, failure.Detail),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "There is no answer for this outcome."),
    };
}

internal sealed record CampaignAccounts(IReadOnlyList<CampaignAccount> Accounts);

/// <summary>An account, and why it has no campaigns; null when it has.</summary>
internal sealed record CampaignAccount(string Name, string? WhyNot);

/// <summary>What to do with a campaign: schedule, cancel or revert.</summary>
internal sealed record CampaignChange(string? Account, string? Id, string? Goal);

/// <summary>A campaign to make in an account.</summary>
internal sealed record NewCampaignRequest(string? Account, CampaignRequest? Campaign);

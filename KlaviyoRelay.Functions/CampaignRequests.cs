using KlaviyoRelay.Core.Campaigns;
using KlaviyoRelay.Core.Campaigns.Steps;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>What the HTTP functions about campaigns share: the account, its permission, the time, and the answers.</summary>
public sealed class CampaignRequests(CampaignAccess access, TimeProvider clock)
{
    /// <summary>The largest body: content of one's own is a few hundred KB at most.</summary>
    public const int MaxBody = 2 * 1024 * 1024;

    // Azure ends a request after 230 s.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(100);

    // Another request may be done with the same step much earlier than the doubt ends.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Answers a request about an account's campaigns.</summary>
    /// <typeparam name="T">What is asked for.</typeparam>
    /// <param name="account">The account that the address names.</param>
    /// <param name="act">Does what is asked.</param>
    /// <param name="answer">Writes a success.</param>
    public async Task<IResult> AnswerAsync<T>(string account, Func<KlaviyoAccount, BatchBudget, Task<CampaignOutcome<T>>> act, Func<CampaignOutcome<T>.Done, IResult> answer)
    {
        ArgumentNullException.ThrowIfNull(act);
        ArgumentNullException.ThrowIfNull(answer);
        if (access.Find(account) is not { } known)
        {
            return RelayAnswer.Problem(StatusCodes.Status404NotFound, "Not found.", $"There is no account of this name. There are: {string.Join(", ", access.All)}.");
        }

        if (!known.HasCampaigns)
        {
            return RelayAnswer.Problem(StatusCodes.Status403Forbidden, "Campaigns are off.", CampaignAccess.Off(account));
        }

        try
        {
            var outcome = await act(known, new BatchBudget(clock, Longest));
            return outcome is CampaignOutcome<T>.Done done ? answer(done) : Of(outcome);
        }
        catch (CampaignStoreException exception)
        {
            return RelayAnswer.Problem(StatusCodes.Status503ServiceUnavailable, "The notes of campaigns can't be used.", exception.Message).RetryAfter(LongestWait);
        }
    }

    private static RelayAnswer Of<T>(CampaignOutcome<T> outcome) => outcome switch
    {
        CampaignOutcome<T>.Refused { Problems: var problems } => RelayAnswer.Problem(
            StatusCodes.Status422UnprocessableEntity, "The campaign can't be made like this.", string.Join(' ', problems.Select(problem => problem.Text)), problems.Select(problem => problem.Field).FirstOrDefault(field => field is not null)),
        CampaignOutcome<T>.Conflict { Why: var why } => RelayAnswer.Problem(StatusCodes.Status409Conflict, "The campaign does not allow it.", why),
        CampaignOutcome<T>.Missing { Why: var why } => RelayAnswer.Problem(StatusCodes.Status404NotFound, "Not found.", why),
        CampaignOutcome<T>.Waiting { Why: var why, Time: var time } =>
            RelayAnswer.Problem(StatusCodes.Status503ServiceUnavailable, "Not known yet.", why).RetryAfter(Shown(time)),
        CampaignOutcome<T>.Failed { Failure: { IsTransient: true } failure } =>
            RelayAnswer.Problem(StatusCodes.Status503ServiceUnavailable, "Klaviyo can't be asked now.", failure.Detail).RetryAfter(Shown(failure.RetryAfter ?? TimeSpan.FromSeconds(5))),
        CampaignOutcome<T>.Failed { Failure: var failure } => RelayAnswer.Problem(StatusCodes.Status502BadGateway, "Klaviyo refuses.", failure.Detail),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "There is no answer for this outcome."),
    };

    private static TimeSpan Shown(TimeSpan time) => TimeSpan.FromSeconds(Math.Ceiling(Math.Clamp(time.TotalSeconds, 1, LongestWait.TotalSeconds)));

    /// <summary>A body; null when it is larger than <see cref="MaxBody"/>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async Task<ReadOnlyMemory<byte>?> BodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var body = new MemoryStream();
        var piece = new byte[16 * 1024];
        while (await request.Body.ReadAsync(piece, cancellationToken) is > 0 and var read)
        {
            if (body.Length + read > MaxBody)
            {
                return null;
            }

            body.Write(piece, 0, read);
        }

        return body.ToArray();
    }
}

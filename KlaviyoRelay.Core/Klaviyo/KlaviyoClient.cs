using System.Net;
using System.Text.Json;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo.Events;
using KlaviyoRelay.Core.Klaviyo.Profiles;
using KlaviyoRelay.Core.Settings;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>Klaviyo's REST API (developers.klaviyo.com), in one fixed revision.</summary>
public sealed class KlaviyoClient(HttpSender sender, IOptions<KlaviyoOptions> options)
{
    private const string Api = "Klaviyo";

    private const string Events = "api/events";
    private const string BulkJobs = "api/event-bulk-create-jobs";
    private const string Profiles = "api/profiles";

    // What stands before Klaviyo refuses a large body as well, with a page. A smaller job goes through.
    private static readonly AnswerForm OfBulkJobs = AnswerForm.Accepted with { TakesAsVerdict = HttpStatusCode.RequestEntityTooLarge };

    private readonly Uri _events = new(BaseAddress.Of(options.Value.BaseAddress), Events);
    private readonly Uri _bulkJobs = new(BaseAddress.Of(options.Value.BaseAddress), BulkJobs);
    private readonly Uri _profiles = new(BaseAddress.Of(options.Value.BaseAddress), Profiles);

    /// <summary>Sends one event: null when Klaviyo has accepted it, else why not.</summary>
    /// <param name="account">Whose key and limits to use.</param>
    /// <param name="klaviyoEvent">The event.</param>
    /// <param name="budget">The time that is left.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <param name="tried">Gets each try; null when no caller needs it.</param>
    public async Task<DeliveryFailure?> CreateEventAsync(KlaviyoAccount account, KlaviyoEvent klaviyoEvent, BatchBudget budget, CancellationToken cancellationToken, Action<HttpTry>? tried = null)
    {
        var call = Call(account, account.Events, HttpMethod.Post, _events, Events, KlaviyoEventWriter.Write(klaviyoEvent), AnswerForm.Accepted, tried);
        using var answer = await sender.SendAsync(call, budget, cancellationToken);
        return await FailureAsync(answer, HttpStatusCode.Accepted, cancellationToken);
    }

    /// <summary>Sends a bulk job of at most <see cref="KlaviyoEventWriter.MaxEvents"/> events.</summary>
    /// <param name="account">Whose key and limits to use.</param>
    /// <param name="body">What <see cref="KlaviyoEventWriter"/> wrote.</param>
    /// <param name="budget">The time that is left.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <param name="tried">Gets each try; null when no caller needs it.</param>
    public async Task<BulkOutcome> CreateEventsAsync(KlaviyoAccount account, RequestBody body, BatchBudget budget, CancellationToken cancellationToken, Action<HttpTry>? tried = null)
    {
        var call = Call(account, account.BulkJobs, HttpMethod.Post, _bulkJobs, BulkJobs, body, OfBulkJobs, tried);
        using var answer = await sender.SendAsync(call, budget, cancellationToken);
        if (answer.Value is { StatusCode: HttpStatusCode.BadRequest or HttpStatusCode.Conflict or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity } response)
        {
            var refusals = await KlaviyoErrors.ReadAsync(response, cancellationToken);
            return refusals[0].IsAboutTheKey
                ? new BulkOutcome.Failed(new DeliveryFailure(DeadLetterReason.Unauthorized, refusals[0].Detail))
                : new BulkOutcome.Refused(refusals, await AnswerForm.Accepted.IsOwnAsync(response, cancellationToken) ? DeadLetterReason.Invalid : DeadLetterReason.Unavailable);
        }

        return await FailureAsync(answer, HttpStatusCode.Accepted, cancellationToken) is { } failure
            ? new BulkOutcome.Failed(failure)
            : new BulkOutcome.Accepted();
    }

    /// <summary>Which of the emails have a profile, compared without regard to case; or why that can't be told.</summary>
    public async Task<Result<HashSet<string>>> FindProfilesAsync(KlaviyoAccount account, IEnumerable<string> emails, BatchBudget budget, CancellationToken cancellationToken)
    {
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var query in IdentifierFilter.Queries("email", emails))
        {
            var call = Call(account, account.Profiles, HttpMethod.Get, new Uri(_profiles, $"?{query}"), Profiles, body: null, AnswerForm.Found);
            using var answer = await sender.SendAsync(call, budget, cancellationToken);
            if (await FailureAsync(answer, HttpStatusCode.OK, cancellationToken) is { } failure)
            {
                return failure;
            }

            if (await ReadEmailsAsync(answer, cancellationToken) is not { } page)
            {
                return new DeliveryFailure(DeadLetterReason.Unavailable, $"{Api} answered a profile search with something else than profiles.");
            }

            found.UnionWith(page);
        }

        return found;
    }

    private static HttpCall Call(KlaviyoAccount account, RateLimiter limiter, HttpMethod method, Uri address, string route, RequestBody? body, AnswerForm form, Action<HttpTry>? tried = null) =>
        new(Api, limiter, account.PrivateKeySecret, key => KlaviyoRequest.Create(method, address, key, body?.ToContent()))
        {
            Route = route,
            Form = form,
            Tried = tried,
            RefusesSecret = RefusesKeyAsync,
        };

    public static Task<bool> RefusesKeyAsync(HttpResponseMessage response, CancellationToken cancellationToken) => response.StatusCode switch
    {
        HttpStatusCode.Unauthorized => Task.FromResult(true),
        HttpStatusCode.BadRequest => IsAboutTheKeyAsync(response, cancellationToken),
        _ => Task.FromResult(false),
    };

    private static async Task<bool> IsAboutTheKeyAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        (await KlaviyoErrors.ReadAsync(response, cancellationToken))[0].IsAboutTheKey;

    public static async Task<DeliveryFailure?> FailureAsync(Result<HttpResponseMessage> answer, HttpStatusCode success, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccess)
        {
            return answer.Failure;
        }

        if (answer.Value.StatusCode == success)
        {
            return null;
        }

        var refusal = (await KlaviyoErrors.ReadAsync(answer.Value, cancellationToken))[0];
        var reason = answer.Value.StatusCode switch
        {
            HttpStatusCode.Unauthorized => DeadLetterReason.Unauthorized,
            HttpStatusCode.Forbidden => DeadLetterReason.Forbidden,
            _ => refusal.IsAboutTheKey ? DeadLetterReason.Unauthorized
                : refusal.IsAboutTheRevision ? DeadLetterReason.Outdated
                : DeadLetterReason.Invalid,
        };
        return new DeliveryFailure(reason, reason == DeadLetterReason.Outdated ? $"{refusal.Detail} {KlaviyoRevision.Update}" : refusal.Detail);
    }

    private static async Task<IEnumerable<string>?> ReadEmailsAsync(Result<HttpResponseMessage> answer, CancellationToken cancellationToken)
    {
        try
        {
            var body = answer.IsSuccess ? await answer.Value.Content.ReadAsByteArrayAsync(cancellationToken) : [];
            var profiles = JsonSerializer.Deserialize(body, KlaviyoJsonContext.Default.KlaviyoProfiles)?.Data;
            return profiles?.Select(profile => profile?.Attributes?.Email).OfType<string>();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

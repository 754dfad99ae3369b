using System.Net;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Klaviyo.Profiles;

/// <summary>What became of a single profile.</summary>
public abstract record ProfileOutcome
{
    private ProfileOutcome()
    {
    }

    /// <summary>It was written.</summary>
    /// <param name="Id">The profile.</param>
    /// <param name="OtherProfile">The profile that has another of the identifiers, so that only the trusted one was sent; null for none.</param>
    public sealed record Written(string Id, string? OtherProfile) : ProfileOutcome;

    /// <summary>Klaviyo refused it; at least one error.</summary>
    public sealed record Refused(IReadOnlyList<KlaviyoRefusal> Errors) : ProfileOutcome;

    /// <summary>It was not taken, for a reason that is not in it.</summary>
    public sealed record Failed(DeliveryFailure Failure) : ProfileOutcome;
}

/// <summary>Writes one profile (developers.klaviyo.com, Create or Update Profile).</summary>
public sealed class ProfileImportClient(KlaviyoApi klaviyo)
{
    private const string Path = "api/profile-import";

    // 200 for one that was there, 201 for a new one.
    private static readonly AnswerForm OfProfile = AnswerForm.Found with { TakesAsVerdict = HttpStatusCode.Created };

    /// <summary>Writes a profile.</summary>
    /// <param name="account">Whose key and limits to use.</param>
    /// <param name="body">The request's body.</param>
    /// <param name="trusted">The body with the trusted identifier alone, for the case that the identifiers belong to several profiles; null when there is only one.</param>
    /// <param name="budget">The time that is left.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <param name="tried">Gets each try; null when no caller needs it.</param>
    public async Task<ProfileOutcome> WriteAsync(
        KlaviyoAccount account, ReadOnlyMemory<byte> body, ReadOnlyMemory<byte>? trusted, BatchBudget budget, CancellationToken cancellationToken, Action<HttpTry>? tried = null)
    {
        var call = new KlaviyoCall(account, Lane.Records, KlaviyoEndpoint.ImportProfile, HttpMethod.Post, Path) { Route = Path, Body = body, Form = OfProfile, Tried = tried };
        using var answer = await klaviyo.SendAsync(call, budget, cancellationToken);
        if (trusted is { } alone && answer.Value?.StatusCode == HttpStatusCode.Conflict)
        {
            var conflict = await KlaviyoApi.ReadAsync(answer, KlaviyoResourcesJsonContext.Default.ConflictAnswer, cancellationToken);
            using var second = await klaviyo.SendAsync(call with { Body = alone }, budget, cancellationToken);
            return await ReadAsync(second, conflict?.OtherProfile ?? "", cancellationToken);
        }

        return await ReadAsync(answer, otherProfile: null, cancellationToken);
    }

    private static async Task<ProfileOutcome> ReadAsync(Result<HttpResponseMessage> answer, string? otherProfile, CancellationToken cancellationToken)
    {
        if (answer.Value is { } response && KlaviyoApi.IsRefusal(response.StatusCode))
        {
            var refusals = await KlaviyoErrors.ReadAsync(response, cancellationToken);
            return refusals[0].IsAboutTheKey
                ? new ProfileOutcome.Failed(new DeliveryFailure(DeadLetterReason.Unauthorized, refusals[0].Detail))
                : new ProfileOutcome.Refused(refusals);
        }

        var success = answer.Value?.StatusCode == HttpStatusCode.Created ? HttpStatusCode.Created : HttpStatusCode.OK;
        if (await KlaviyoClient.FailureAsync(answer, success, cancellationToken) is { } failure)
        {
            return new ProfileOutcome.Failed(failure);
        }

        var profile = await KlaviyoApi.ReadAsync(answer, KlaviyoResourcesJsonContext.Default.KlaviyoDocumentProfileIdAttributes, cancellationToken);
        return profile?.Data?.Id is { Length: > 0 } id ? new ProfileOutcome.Written(id, otherProfile) : new ProfileOutcome.Failed(KlaviyoApi.Unreadable);
    }
}

/// <summary>Klaviyo's answer 409: the identifiers belong to two profiles.</summary>
public sealed record ConflictAnswer
{
    public IReadOnlyList<Error?>? Errors { get; set; }

    /// <summary>The profile that Klaviyo names.</summary>
    public string? OtherProfile => Errors?.Select(error => error?.Meta?.DuplicateProfileId).FirstOrDefault(id => id is not null);

    public sealed record Error
    {
        public ErrorMeta? Meta { get; set; }
    }

    public sealed record ErrorMeta
    {
        public string? DuplicateProfileId { get; set; }
    }
}

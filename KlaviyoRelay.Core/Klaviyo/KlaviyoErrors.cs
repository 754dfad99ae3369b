using System.Net;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Texts;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>The body of Klaviyo's error answers: <c>{"errors":[{code, title, detail, source:{pointer}}]}</c>.</summary>
public static class KlaviyoErrors
{
    private const int MaxLength = 1000;

    /// <summary>Every error, and at least one: the status and an excerpt where the body is of another form.</summary>
    public static async Task<IReadOnlyList<KlaviyoRefusal>> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = $"Klaviyo answered {(int)response.StatusCode}";
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var refusals = ApiErrors.Read(body).Select(error => Describe(response.StatusCode, status, error)).ToList();
        return refusals.Count > 0
            ? refusals
            : [new KlaviyoRefusal(status + await ErrorExcerpt.EndOfSentenceAsync(response, cancellationToken), Pointer: null)];
    }

    private static KlaviyoRefusal Describe(HttpStatusCode code, string status, ApiError error)
    {
        var text = QuotedMask.Apply(EmailMask.Apply($"{status}: {error.Title} {error.Detail}{(error.Pointer is null ? "" : $" ({error.Pointer})")}"));
        return new KlaviyoRefusal(text.Length <= MaxLength ? text : text[..MaxLength], error.Pointer)
        {
            IsAboutTheKey = error.Code is "not_authenticated" or "authentication_failed",
            IsAboutTheRevision = code == HttpStatusCode.Gone || (code == HttpStatusCode.NotFound && IsNoRevision(error)),
        };
    }

    // "No valid revisions found for method": the address is not of this revision.
    private static bool IsNoRevision(ApiError error) => $"{error.Title} {error.Detail}".Contains("valid revision", StringComparison.OrdinalIgnoreCase);
}

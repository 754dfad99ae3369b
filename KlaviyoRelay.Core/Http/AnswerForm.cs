using System.Net;

namespace KlaviyoRelay.Core.Http;

/// <summary>Which answers are the far end's own, by status and body. Everything else comes from something in between and is no verdict.</summary>
/// <param name="Success">The status of success.</param>
/// <param name="IsSuccess">Whether a body can be what the far end sends with it.</param>
/// <param name="IsVerdict">Whether a body is one of the far end's errors.</param>
public sealed record AnswerForm(HttpStatusCode Success, Func<ReadOnlyMemory<byte>, bool> IsSuccess, Func<ReadOnlyMemory<byte>, bool> IsVerdict)
{
    // An error is a few hundred bytes, and a page that stands in its place is read no further.
    private const int MaxErrorBytes = 1024 * 1024;

    /// <summary>A look-up: 200, whose reader sees whether it holds what was looked for, or errors.</summary>
    public static AnswerForm Found { get; } = new(HttpStatusCode.OK, _ => true, IsErrors);

    /// <summary>Klaviyo takes events with 202, whose body is empty as documented, or JSON.</summary>
    public static AnswerForm Accepted { get; } = new(HttpStatusCode.Accepted, IsBlankOrObject, IsErrors);

    /// <summary>Whether a success is read piece by piece, so that only its reader finds out whose it is.</summary>
    public bool IsStreamed { get; init; }

    /// <summary>A status that counts as a verdict with any body; null for none.</summary>
    public HttpStatusCode? TakesAsVerdict { get; init; }

    /// <summary>Statuses that mean the same from whatever answers on the way: come later.</summary>
    public static bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    public async ValueTask<bool> IsOwnAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var succeeded = response.StatusCode == Success;
        if (succeeded && IsStreamed)
        {
            return true;
        }

        if (IsStreamed)
        {
            await response.Content.LoadIntoBufferAsync(MaxErrorBytes, cancellationToken);
        }

        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return succeeded ? IsSuccess(body) : response.StatusCode == TakesAsVerdict || IsVerdict(body);
    }

    public static bool IsBlankOrObject(ReadOnlyMemory<byte> body) => body.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0 || ApiErrors.BeginsObject(body);

    private static bool IsErrors(ReadOnlyMemory<byte> body) => ApiErrors.Read(body).Count > 0;
}

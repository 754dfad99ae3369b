namespace KlaviyoRelay.Core.Http;

/// <summary>What happened to a try of a request, for a person who looks into it.</summary>
public abstract record HttpTry
{
    private HttpTry()
    {
    }

    /// <summary>A try has ended.</summary>
    /// <param name="Status">The HTTP status; null when nothing was answered.</param>
    /// <param name="Said">The beginning of an answer that is no success, masked; or why there was none, in a sentence. Empty when it says nothing.</param>
    /// <param name="Took">From the request to the answer.</param>
    public sealed record Ended(int? Status, string Said, TimeSpan Took) : HttpTry;

    /// <summary>The next try waits.</summary>
    /// <param name="Time">For how long.</param>
    /// <param name="IsAsked">Whether the far end has said for how long.</param>
    public sealed record Waits(TimeSpan Time, bool IsAsked) : HttpTry;

    /// <summary>A try that was answered. Its body is there already.</summary>
    public static async ValueTask<HttpTry> OfAsync(HttpResponseMessage response, TimeSpan took, CancellationToken cancellationToken) => new Ended(
        (int)response.StatusCode, response.IsSuccessStatusCode ? "" : ErrorExcerpt.Of(await response.Content.ReadAsByteArrayAsync(cancellationToken)), took);
}

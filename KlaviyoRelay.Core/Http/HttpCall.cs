using System.Net;

namespace KlaviyoRelay.Core.Http;

/// <summary>A request that can be made several times.</summary>
/// <param name="Api">Who is asked, for messages: <c>Klaviyo</c>, or a helpdesk.</param>
/// <param name="Limiter">The far end's rate limit.</param>
/// <param name="Secret">The name of the secret that authorizes it.</param>
/// <param name="Request">Makes the request, given the secret's value.</param>
public sealed record HttpCall(string Api, RateLimiter Limiter, string Secret, Func<string, HttpRequestMessage> Request)
{
    /// <summary>The path without ids and query, for activities; null when it has ids.</summary>
    public string? Route { get; init; }

    /// <summary>Whether the answer is complete with its headers, for a caller that reads a long body piece by piece; the attempt's time limit ends there.</summary>
    public HttpCompletionOption Completion { get; init; } = HttpCompletionOption.ResponseContentRead;

    /// <summary>Which answers are the far end's own.</summary>
    public AnswerForm Form { get; init; } = AnswerForm.Found;

    /// <summary>
    /// Whether the request may be carried out twice. When it may not, only a 429 is followed by another try: after a 5xx, a
    /// timeout or a cut connection, the far end may have carried it out.
    /// </summary>
    public bool IsRepeatable { get; init; } = true;

    /// <summary>Gets each try; null when no caller needs it. It returns quickly and throws nothing. Only for calls that read the whole body before they return.</summary>
    public Action<HttpTry>? Tried { get; init; }

    /// <summary>Whether an answer of the far end's says that the secret is not valid (any more): by its status, where the far end has no other way.</summary>
    public Func<HttpResponseMessage, CancellationToken, Task<bool>> RefusesSecret { get; init; } =
        (response, _) => Task.FromResult(response.StatusCode == HttpStatusCode.Unauthorized);
}

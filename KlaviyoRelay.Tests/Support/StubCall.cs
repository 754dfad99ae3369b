using System.Net;
using System.Text;

namespace KlaviyoRelay.Tests.Support;

/// <summary>One registered call and its answers in turn; the last answer stays.</summary>
internal sealed class StubCall(HttpMethod method, Uri address, Func<StubRequest, bool> where)
{
    private const string Refusal = """{"errors":[{"code":"no","title":"No.","detail":""}]}""";

    private readonly Lock _lock = new();
    private readonly List<Func<StubRequest, CancellationToken, Task<HttpResponseMessage>>> _answers = [];
    private int _count;

    /// <summary>How often it was called.</summary>
    public int Count => _count;

    public StubCall Reply(int status, string? body = null, string contentType = "application/json", int? retryAfter = null, params (string Name, string Value)[] headers) =>
        Reply((_, _) => Task.FromResult(Answer(status, body, contentType, retryAfter, headers)));

    /// <summary>Answers with what the callback makes; it may throw, wait or move the clock.</summary>
    public StubCall Reply(Func<StubRequest, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _answers.Add(answer);
        return this;
    }

    public StubCall Throw(Exception exception) => Reply((_, _) => Task.FromException<HttpResponseMessage>(exception));

    public StubCall Then(int status, string? body = null, string contentType = "application/json", int? retryAfter = null) =>
        Reply(status, body, contentType, retryAfter);

    public StubCall Then(Func<StubRequest, CancellationToken, Task<HttpResponseMessage>> answer) => Reply(answer);

    /// <summary>Never answers: the clock runs until the relay gives the attempt up.</summary>
    public StubCall Hang(TestClock clock, TimeSpan longerThanTheTimeout) => Reply(async (_, token) =>
    {
        var never = new TaskCompletionSource<HttpResponseMessage>();
        await using var registration = token.Register(() => never.TrySetCanceled(token));
        clock.Advance(longerThanTheTimeout);
        return await never.Task;
    });

    public bool Matches(StubRequest request) =>
        request.Method == method && request.Address.GetLeftPart(UriPartial.Path) == address.AbsoluteUri && where(request);

    public Task<HttpResponseMessage> AnswerAsync(StubRequest request, CancellationToken cancellationToken)
    {
        Func<StubRequest, CancellationToken, Task<HttpResponseMessage>> answer;
        lock (_lock)
        {
            answer = _answers[Math.Min(_count, _answers.Count - 1)];
            _count++;
        }

        return answer(request, cancellationToken);
    }

    /// <param name="status">The status.</param>
    /// <param name="body">The body; without one, a refusal has the form in which the far ends refuse, and all else has none.</param>
    /// <param name="contentType">The body's type.</param>
    /// <param name="retryAfter">Seconds.</param>
    /// <param name="headers">Other headers.</param>
    public static HttpResponseMessage Answer(int status, string? body = null, string contentType = "application/json", int? retryAfter = null, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body ?? (status is >= 400 and < 500 and not 408 and not 429 ? Refusal : ""), Encoding.UTF8, contentType) };
        if (retryAfter is { } seconds)
        {
            response.Headers.Add("Retry-After", $"{seconds}");
        }

        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }
}

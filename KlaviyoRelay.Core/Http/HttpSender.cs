using System.Net;
using KlaviyoRelay.Core.DeadLetters;
using KlaviyoRelay.Core.Relaying;
using KlaviyoRelay.Core.Secrets;
using Polly;

namespace KlaviyoRelay.Core.Http;

/// <summary>
/// Sends a request with everything around it: the secret, the rate limit, the tries, and once more with the
/// newest secret when the first is refused.
/// </summary>
internal sealed class HttpSender(IHttpClientFactory clients, ISecretStore secrets, TimeProvider clock)
{
    /// <summary>The name of the HTTP client that every call goes through.</summary>
    public const string ClientName = "relay";

    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline = HttpResilience.Create(clock);
    private readonly HttpClient _client = clients.CreateClient(ClientName);

    public async Task<HttpAnswer> SendAsync(HttpCall call, BatchBudget budget, CancellationToken cancellationToken)
    {
        try
        {
            var secret = await secrets.GetAsync(call.Secret, cancellationToken);
            var answer = await TryAsync(call, secret, budget, cancellationToken);
            if (answer.Response?.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
            {
                return answer;
            }

            var newest = await secrets.RefreshAsync(call.Secret, secret, cancellationToken);
            if (newest == secret)
            {
                return answer;
            }

            answer.Dispose();
            return await TryAsync(call, newest, budget, cancellationToken);
        }
        catch (SecretUnavailableException exception)
        {
            return HttpAnswer.None(DeadLetterReason.Unavailable, exception.Message);
        }
    }

    private async Task<HttpAnswer> TryAsync(HttpCall call, string secret, BatchBudget budget, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(HttpResilience.Budget, budget);
        context.Properties.Set(HttpResilience.Limiter, call.Limiter);
        try
        {
            var response = await _pipeline.ExecuteAsync(
                static (context, state) => AttemptAsync(state.Client, state.Call, state.Secret, context.CancellationToken),
                context,
                (Client: _client, Call: call, Secret: secret));
            return Transience.Of(response) ? GaveUp(call, response) : HttpAnswer.Of(response);
        }
        catch (Exception exception) when (Transience.Of(exception))
        {
            // Not the exception's own words: they can hold an address with an email in it.
            return HttpAnswer.None(DeadLetterReason.Unavailable, $"{call.Api} did not answer ({exception.GetType().Name}).");
        }
        catch (FormatException)
        {
            return HttpAnswer.None(DeadLetterReason.Unauthorized, $"The secret '{call.Secret}' holds a line break, which no key does: store it again without.");
        }
        catch (OutOfTimeException)
        {
            return HttpAnswer.None(DeadLetterReason.Throttled, $"The batch's time was used up by waiting for {call.Api}'s rate limit.");
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static async ValueTask<HttpResponseMessage> AttemptAsync(HttpClient client, HttpCall call, string secret, CancellationToken cancellationToken)
    {
        using var request = call.Request(secret);
        return await client.SendAsync(request, call.Completion, cancellationToken);
    }

    private HttpAnswer GaveUp(HttpCall call, HttpResponseMessage response)
    {
        using (response)
        {
            var reason = response.StatusCode == HttpStatusCode.TooManyRequests ? DeadLetterReason.Throttled : DeadLetterReason.Unavailable;
            return HttpAnswer.None(reason, $"{call.Api} answered {(int)response.StatusCode}.", RetryAfter.Read(response, clock));
        }
    }
}

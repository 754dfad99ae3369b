using System.Net;
using KlaviyoRelay.Core.DeadLetters;
using KlaviyoRelay.Core.Relaying;
using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Core.Telemetry;
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
    private readonly RefusedCredentials _refused = new(clock);

    public async Task<HttpAnswer> SendAsync(HttpCall call, BatchBudget budget, CancellationToken cancellationToken)
    {
        HttpAnswer? answer = null;
        try
        {
            var secret = await secrets.GetAsync(call.Secret, cancellationToken);
            answer = await TryAsync(call, secret, budget, cancellationToken);
            if (!await AsksForAnotherSecretAsync(call, answer, cancellationToken))
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
            answer?.Dispose();
            return HttpAnswer.None(ReasonOf(exception.Problem), exception.Message);
        }
    }

    // A 403 too: the new key may have the permission that this one lacks.
    private static async Task<bool> AsksForAnotherSecretAsync(HttpCall call, HttpAnswer answer, CancellationToken cancellationToken) => answer.IsAnswered
        ? answer.Response.StatusCode == HttpStatusCode.Forbidden || await call.RefusesSecret(answer.Response, cancellationToken)
        : answer.Failure.Reason == DeadLetterReason.Unauthorized;

    // A secret that is not there needs somebody's doing. A role may be on its way still, and an outage ends by itself.
    private static DeadLetterReason ReasonOf(SecretProblem problem) =>
        problem == SecretProblem.Missing ? DeadLetterReason.NotConfigured : DeadLetterReason.Unavailable;

    private async Task<HttpAnswer> TryAsync(HttpCall call, string secret, BatchBudget budget, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(HttpResilience.Budget, budget);
        context.Properties.Set(HttpResilience.Limiter, call.Limiter);
        try
        {
            var response = await _pipeline.ExecuteAsync(
                static (context, state) => state.Sender.AttemptAsync(state.Call, state.Secret, context.CancellationToken),
                context,
                (Sender: this, Call: call, Secret: secret));
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
        catch (CredentialsRefusedException)
        {
            return HttpAnswer.None(DeadLetterReason.Unauthorized, $"{call.Api} has just refused what the secret '{call.Secret}' holds.");
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

    private async ValueTask<HttpResponseMessage> AttemptAsync(HttpCall call, string secret, CancellationToken cancellationToken)
    {
        using var request = call.Request(secret);
        if (_refused.Contains(request))
        {
            throw new CredentialsRefusedException();
        }

        var response = await SendTracedAsync(request, call, cancellationToken);
        if (await call.RefusesSecret(response, cancellationToken))
        {
            _refused.Add(request);
        }

        return response;
    }

    private async Task<HttpResponseMessage> SendTracedAsync(HttpRequestMessage request, HttpCall call, CancellationToken cancellationToken)
    {
        using var activity = RelayTracing.Request(request, call.Route);
        try
        {
            var response = await _client.SendAsync(request, call.Completion, cancellationToken);
            activity?.Answered(response);
            return response;
        }
        catch (Exception exception)
        {
            activity?.Fail(exception.GetType().Name);
            throw;
        }
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

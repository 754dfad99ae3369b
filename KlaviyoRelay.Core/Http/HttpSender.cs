using System.Diagnostics;
using System.Net;
using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Core.Telemetry;
using Polly;
using Polly.Timeout;

namespace KlaviyoRelay.Core.Http;

/// <summary>
/// Sends a request with everything around it: the secret, the rate limit, the tries, and once more with the
/// newest secret when the first is refused.
/// </summary>
public sealed class HttpSender(IHttpClientFactory clients, ISecretStore secrets, Chance chance, TimeProvider clock)
{
    /// <summary>The name of the HTTP client that every call goes through.</summary>
    public const string ClientName = "relay";

    // A far end that refuses a key by mistake needs a moment to notice.
    private static readonly TimeSpan DoubtTime = TimeSpan.FromSeconds(1);

    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline = HttpResilience.Create(chance, clock);
    private readonly HttpClient _client = clients.CreateClient(ClientName);
    private readonly CredentialRecord _credentials = new(clock);

    public async Task<Result<HttpResponseMessage>> SendAsync(HttpCall call, BatchBudget budget, CancellationToken cancellationToken)
    {
        Result<HttpResponseMessage>? answer = null;
        try
        {
            var secret = await secrets.GetAsync(call.Secret, cancellationToken);
            answer = await TryAsync(call, secret, isTrial: false, budget, cancellationToken);
            if (!await AsksForAnotherSecretAsync(call, answer, cancellationToken))
            {
                return answer;
            }

            var newest = await secrets.RefreshAsync(call.Secret, secret, cancellationToken);
            if (newest != secret)
            {
                answer.Dispose();
                return await TryAsync(call, newest, isTrial: false, budget, cancellationToken);
            }

            if (!_credentials.IsTrusted(call.Secret, secret) || !await IsRefusedAsync(call, answer, cancellationToken))
            {
                return answer;
            }

            answer.Dispose();
            await Task.Delay(DoubtTime, clock, cancellationToken);
            return await TryAsync(call, secret, isTrial: true, budget, cancellationToken);
        }
        catch (SecretUnavailableException exception)
        {
            answer?.Dispose();
            return new DeliveryFailure(ReasonOf(exception.Problem), exception.Message);
        }
    }

    // A 403 too: the new key may have the permission that this one lacks.
    private static async Task<bool> AsksForAnotherSecretAsync(HttpCall call, Result<HttpResponseMessage> answer, CancellationToken cancellationToken) => answer.IsSuccess
        ? answer.Value.StatusCode == HttpStatusCode.Forbidden || await call.RefusesSecret(answer.Value, cancellationToken)
        : answer.Failure.Reason == DeadLetterReason.Unauthorized;

    private static async Task<bool> IsRefusedAsync(HttpCall call, Result<HttpResponseMessage> answer, CancellationToken cancellationToken) =>
        !answer.IsSuccess || await call.RefusesSecret(answer.Value, cancellationToken);

    // A person has to store a secret that is not there. A role may be on its way still, and an outage ends by itself.
    private static DeadLetterReason ReasonOf(SecretProblem problem) =>
        problem is SecretProblem.Missing or SecretProblem.Malformed ? DeadLetterReason.NotConfigured : DeadLetterReason.Unavailable;

    /// <param name="secret">The secret's value.</param>
    /// <param name="isTrial">Whether a secret that was refused is tried once more, because it worked a moment ago.</param>
    private async Task<Result<HttpResponseMessage>> TryAsync(HttpCall call, string secret, bool isTrial, BatchBudget budget, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(HttpResilience.Budget, budget);
        context.Properties.Set(HttpResilience.Call, call);
        try
        {
            var outcome = await _pipeline.ExecuteOutcomeAsync(
                static (context, state) => state.Sender.AttemptAsync(state.Call, state.Secret, state.IsTrial, context.CancellationToken),
                context,
                (Sender: this, Call: call, Secret: secret, IsTrial: isTrial));
            return outcome switch
            {
                { Result: { } response } when Transience.Of(response) => await GaveUpAsync(call, response, cancellationToken),
                { Result: { } response } => response,
                _ => FailureOf(call, outcome),
            };
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    // An outcome and no exception to the pipeline's layers: each would throw it once more.
    private async ValueTask<Outcome<HttpResponseMessage>> AttemptAsync(HttpCall call, string secret, bool isTrial, CancellationToken cancellationToken)
    {
        Activity? activity = null;
        var started = clock.GetTimestamp();
        try
        {
            using var request = call.Request(secret);
            if (_credentials.IsRefused(request) && !(isTrial && _credentials.IsTrusted(call.Secret, secret)))
            {
                return Outcome.FromException<HttpResponseMessage>(new CredentialsRefusedException());
            }

            activity = RelayTracing.Request(request, call.Route);
            var response = await _client.SendAsync(request, call.Completion, cancellationToken);
            activity?.Answered(response);
            if (call.Tried is { } tried)
            {
                tried(await HttpTry.OfAsync(response, clock.GetElapsedTime(started), cancellationToken));
            }

            return Transience.Of(response) ? Outcome.FromResult(response) : await JudgeAsync(call, secret, isTrial, request, response, cancellationToken);
        }
        catch (Exception exception)
        {
            activity?.Fail(exception.GetType().Name);
            var took = clock.GetElapsedTime(started);
            call.Tried?.Invoke(new HttpTry.Ended(Status: null, NoAnswer.Sentence(exception, took), took));
            return Outcome.FromException<HttpResponseMessage>(exception);
        }
        finally
        {
            activity?.Dispose();
        }
    }

    /// <summary>Takes note of what the far end itself answered; what something else answered is no outcome of the request.</summary>
    private async ValueTask<Outcome<HttpResponseMessage>> JudgeAsync(
        HttpCall call, string secret, bool isTrial, HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!await call.Form.IsOwnAsync(response, cancellationToken))
        {
            using (response)
            {
                var detail = $"{(int)response.StatusCode} came in the place of {call.Api}'s answer{await ErrorExcerpt.EndOfSentenceAsync(response, cancellationToken)}";
                return Outcome.FromException<HttpResponseMessage>(new ForeignAnswerException(detail, RetryAfter.Read(response, clock)));
            }
        }

        if (response.StatusCode == call.Form.Success)
        {
            _credentials.Worked(request, call.Secret, secret);
        }
        else if (await call.RefusesSecret(response, cancellationToken))
        {
            _credentials.Refused(request, call.Secret, secret, isTrial);
        }

        return Outcome.FromResult(response);
    }

    private static Result<HttpResponseMessage> FailureOf(HttpCall call, Outcome<HttpResponseMessage> outcome)
    {
        switch (outcome.Exception)
        {
            case ForeignAnswerException foreign:
                return new DeliveryFailure(DeadLetterReason.Unavailable, foreign.Detail, foreign.RetryAfter);
            case { } exception when Transience.Of(exception):
                var limit = (exception as TimeoutRejectedException)?.Timeout ?? TimeSpan.Zero;
                return new DeliveryFailure(DeadLetterReason.Unavailable, $"{call.Api} did not answer: {NoAnswer.Words(exception, limit)}.");
            case FormatException:
                return new DeliveryFailure(DeadLetterReason.Unauthorized, $"The secret '{call.Secret}' holds a line break, which no key does: store it again without.");
            case CredentialsRefusedException:
                return new DeliveryFailure(DeadLetterReason.Unauthorized, $"{call.Api} has just refused what the secret '{call.Secret}' holds.");
            case OutOfTimeException outOfTime:
                return new DeliveryFailure(DeadLetterReason.Throttled, outOfTime.IsLimits
                    ? $"The batch's time was used up by waiting for {call.Api}'s rate limit."
                    : $"The batch's time was used up by waiting before {call.Api} could be asked.");
            default:
                outcome.ThrowIfException();
                throw new InvalidOperationException("An execution ended with neither an answer nor an exception.");
        }
    }

    private async Task<Result<HttpResponseMessage>> GaveUpAsync(HttpCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using (response)
        {
            var reason = response.StatusCode == HttpStatusCode.TooManyRequests ? DeadLetterReason.Throttled : DeadLetterReason.Unavailable;
            var said = call.Form.IsStreamed || reason == DeadLetterReason.Throttled ? "." : await ErrorExcerpt.EndOfSentenceAsync(response, cancellationToken);
            return new DeliveryFailure(reason, $"{call.Api} answered {(int)response.StatusCode}{said}", RetryAfter.Read(response, clock));
        }
    }
}

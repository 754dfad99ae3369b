using System.Globalization;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Keys;
using KlaviyoRelay.Simulator.Klaviyo.Payloads;
using KlaviyoRelay.Simulator.Klaviyo.Profiles;
using KlaviyoRelay.Simulator.Klaviyo.Recording;
using KlaviyoRelay.Simulator.Limits;
using Microsoft.Net.Http.Headers;

namespace KlaviyoRelay.Simulator.Klaviyo;

/// <summary>Klaviyo: checks in the order endpoint, key, revision, rate limit, scope, body, then records.</summary>
internal sealed class KlaviyoApi(
    KeyTable keys,
    KlaviyoAccounts accounts,
    LimitTable limits,
    SimulatorSettings settings,
    TimeProvider time) : ISimulatedApi
{
    public const string ServiceName = "klaviyo";
    private const string Scheme = "Klaviyo-API-Key";

    public string Name => ServiceName;

    public string? PresentedKey(IHeaderDictionary headers) =>
        headers.Authorization is [{ } value, ..] && value.StartsWith(Scheme + " ", StringComparison.OrdinalIgnoreCase)
            && value[Scheme.Length..].Trim() is { Length: > 0 } key
            ? key
            : null;

    public Answer Handle(SimulatedRequest request)
    {
        if (KlaviyoEndpoint.At(request.Path) is not { } endpoint)
        {
            return KlaviyoErrors.NotFound.ToAnswer();
        }

        if (request.Method != endpoint.Method)
        {
            return KlaviyoErrors.MethodNotAllowed.ToAnswer();
        }

        if (PresentedKey(request.Headers) is not { } key)
        {
            return (request.Header("Authorization") is null ? KlaviyoErrors.NoCredentials : KlaviyoErrors.WrongScheme).ToAnswer();
        }

        if (keys.IsRevoked(key))
        {
            return KlaviyoErrors.RevokedKey.ToAnswer();
        }

        if (request.Header("revision") is not { } revision)
        {
            return KlaviyoErrors.MissingRevision.ToAnswer();
        }

        if (!KlaviyoRevisions.IsKnown(revision))
        {
            return KlaviyoErrors.UnknownRevision(revision).ToAnswer();
        }

        return settings.Current.Limits
            ? WithinLimits(request, endpoint, key, revision)
            : Authorized(request, endpoint, key, revision);
    }

    private Answer WithinLimits(SimulatedRequest request, KlaviyoEndpoint endpoint, string key, string revision)
    {
        var outcome = limits.Take(
            $"{ServiceName} {keys.AccountOf(key)} {endpoint.Path}", (endpoint.PerSecond, 1), (endpoint.PerMinute, 60));

        // A 429 says when to come back and nothing else; every other answer describes the steady window.
        return outcome.Allowed
            ? Authorized(request, endpoint, key, revision).With(
                Header("RateLimit-Limit", outcome.Limit),
                Header("RateLimit-Remaining", outcome.Remaining),
                Header("RateLimit-Reset", outcome.ResetSeconds))
            : KlaviyoErrors.Throttled(outcome.ResetSeconds).ToAnswer().With(Header("Retry-After", outcome.ResetSeconds));
    }

    private Answer Authorized(SimulatedRequest request, KlaviyoEndpoint endpoint, string key, string revision)
    {
        if (!keys.HasScope(key, endpoint.Scope))
        {
            return KlaviyoErrors.MissingScope.ToAnswer();
        }

        var account = accounts.Of(keys.AccountOf(key));
        if (endpoint == KlaviyoEndpoint.GetProfiles)
        {
            return ProfilesQuery.Answer(request, account);
        }

        return endpoint == KlaviyoEndpoint.GetAccounts
            ? AccountDocument.Answer(request, account)
            : Record(request, endpoint, account, revision);
    }

    private Answer Record(SimulatedRequest request, KlaviyoEndpoint endpoint, KlaviyoAccount account, string revision)
    {
        if (!HasJsonBody(request))
        {
            return KlaviyoErrors.MediaType.ToAnswer();
        }

        if (request.Body.TooLarge)
        {
            return KlaviyoErrors.TooLarge.ToAnswer();
        }

        var payload = new PayloadReader(time.GetUtcNow(), KlaviyoRevisions.HasBackfill(revision));
        var isBulk = endpoint == KlaviyoEndpoint.BulkCreateEvents;
        var entries = isBulk ? payload.ReadBulk(request.Body.Bytes) : payload.ReadSingle(request.Body.Bytes);
        if (payload.Errors is { Count: > 0 } errors)
        {
            return KlaviyoError.ToAnswer(errors);
        }

        account.Record(entries, isBulk);
        return new Answer(202);
    }

    private static bool HasJsonBody(SimulatedRequest request) =>
        MediaTypeHeaderValue.TryParse(request.Header("Content-Type"), out var type)
        && (type.MediaType.Equals(KlaviyoError.ContentType, StringComparison.OrdinalIgnoreCase)
            || type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        && (request.Header("Content-Encoding") is not { } encoding || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase));

    private static KeyValuePair<string, string> Header(string name, int value) =>
        new(name, value.ToString(CultureInfo.InvariantCulture));
}

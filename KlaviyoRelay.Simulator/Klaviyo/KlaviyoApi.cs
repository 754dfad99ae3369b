using System.Globalization;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Keys;
using KlaviyoRelay.Simulator.Klaviyo.Recording;
using KlaviyoRelay.Simulator.Limits;

namespace KlaviyoRelay.Simulator.Klaviyo;

/// <summary>Klaviyo: checks endpoint, key, revision, rate limit and scopes, in this order. The endpoint does the rest.</summary>
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
        if (KlaviyoEndpoints.Find(request.Method, request.Path, out var id, out var isPathKnown) is not { } endpoint)
        {
            return (isPathKnown ? KlaviyoErrors.MethodNotAllowed : KlaviyoErrors.NotFound).ToAnswer();
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

        var call = new KlaviyoCall(request, accounts.Of(keys.AccountOf(key)), id, revision, settings.Current, time.GetUtcNow());
        return settings.Current.Limits ? WithinLimits(endpoint, key, call) : Authorized(endpoint, key, call);
    }

    private Answer WithinLimits(KlaviyoEndpoint endpoint, string key, KlaviyoCall call)
    {
        var name = $"{ServiceName} {keys.AccountOf(key)} {endpoint.Method} {endpoint.Path}";
        var (second, minute) = ((endpoint.PerSecond, 1), (endpoint.PerMinute, 60));
        var outcome = endpoint.PerDay is { } perDay
            ? limits.Take(name, (perDay, 86_400), second, minute)
            : limits.Take(name, second, minute);

        // A 429 says when to come back and nothing else; every other answer describes the steady window.
        return outcome.Allowed
            ? Authorized(endpoint, key, call).With(
                Header("RateLimit-Limit", outcome.Limit),
                Header("RateLimit-Remaining", outcome.Remaining),
                Header("RateLimit-Reset", outcome.ResetSeconds))
            : KlaviyoErrors.Throttled(outcome.ResetSeconds).ToAnswer().With(Header("Retry-After", outcome.ResetSeconds));
    }

    private Answer Authorized(KlaviyoEndpoint endpoint, string key, KlaviyoCall call) =>
        endpoint.Scopes.All(scope => keys.HasScope(key, scope)) ? endpoint.Answer(call) : KlaviyoErrors.MissingScope.ToAnswer();

    private static KeyValuePair<string, string> Header(string name, int value) =>
        new(name, value.ToString(CultureInfo.InvariantCulture));
}

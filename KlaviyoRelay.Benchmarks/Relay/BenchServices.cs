using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Benchmarks.Relay;

internal static class BenchServices
{
    /// <summary>Puts limiters that do all of their work and never make anybody wait in the place of Klaviyo's.</summary>
    public static void WithoutLimits(this IServiceCollection services) =>
        services.RemoveAll<KlaviyoAccounts>().AddSingleton(provider => new KlaviyoAccounts(provider.GetRequiredService<IOptions<RelayOptions>>().Value.Accounts
            .Select(account => new KlaviyoAccount(account.Key, account.Value, TimeProvider.System) { Events = Limitless(), BulkJobs = Limitless(), Profiles = Limitless() })));

    private static RateLimiter Limitless() => new(TimeProvider.System, new SlidingWindow(280, TimeSpan.FromTicks(1)), new SlidingWindow(2800, TimeSpan.FromTicks(1)));
}

using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Helpdesks.Checking;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Records;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Core.Checks;

/// <summary>Puts the checks together.</summary>
public static class CheckServiceCollectionExtensions
{
    public static IServiceCollection AddChecks(this IServiceCollection services) => services
        .AddSingleton<Probe>()
        .AddSingleton<SecretCheck>()
        .AddSingleton<WebhookSecretCheck>()
        .AddSingleton<KlaviyoScopes>()
        .AddSingleton<AuditScopes>()
        .AddSingleton<CampaignCheck>()
        .AddSingleton<KlaviyoCheck>()
        .AddSingleton<QueueCheck>()
        .AddSingleton<RecordCheck>()
        .AddSingleton(provider => new ConnectionCheck(
            provider.GetRequiredService<ConnectionRegistry>(),
            provider.GetRequiredService<KlaviyoAccounts>(),
            provider.GetRequiredService<Syncs>(),
            provider.GetRequiredService<SecretCheck>(),
            provider.GetRequiredService<WebhookSecretCheck>(),
            provider.GetRequiredService<KlaviyoCheck>(),
            provider.GetRequiredService<AuditScopes>(),
            provider.GetRequiredService<CampaignCheck>(),
            provider.GetRequiredService<QueueCheck>(),
            provider.GetRequiredService<RecordCheck>(),
            provider.GetServices<IHelpdeskCheck>()));
}

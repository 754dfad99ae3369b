using Azure.Core;
using Azure.Security.KeyVault.Secrets;
using KlaviyoRelay.Core.Audit;
using KlaviyoRelay.Core.Audit.Leaks;
using KlaviyoRelay.Core.Audit.Segments;
using KlaviyoRelay.Core.Audit.Weekly;
using KlaviyoRelay.Core.Campaigns;
using KlaviyoRelay.Core.Campaigns.Steps;
using KlaviyoRelay.Core.Checks;
using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Core.Conversations.Recovery;
using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Helpdesks.Generic;
using KlaviyoRelay.Core.Helpdesks.Gladly;
using KlaviyoRelay.Core.Helpdesks.Kustomer;
using KlaviyoRelay.Core.Helpdesks.Webhooks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Insights;
using KlaviyoRelay.Core.Insights.Kustomer;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Campaigns;
using KlaviyoRelay.Core.Klaviyo.Events;
using KlaviyoRelay.Core.Klaviyo.Flows;
using KlaviyoRelay.Core.Klaviyo.Jobs;
using KlaviyoRelay.Core.Klaviyo.Lists;
using KlaviyoRelay.Core.Klaviyo.Profiles;
using KlaviyoRelay.Core.Klaviyo.Segments;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Core.Settings;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Core;

/// <summary>Puts the relay together. A host adds its own <see cref="IEventQueue"/> and <see cref="IRecoveryMarkStore"/>.</summary>
public static class RelayServiceCollectionExtensions
{
    /// <summary>Adds every station of the relay; wrong settings stop the host's start with an <see cref="OptionsValidationException"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">Settings, with sections <c>Relay</c>, <c>Klaviyo</c>, <c>KeyVault</c> and <c>Secrets</c>.</param>
    public static IServiceCollection AddKlaviyoRelay(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Concurrency>();
        services.TryAddSingleton<Chance>();
        services.AddMetrics();
        services.TryAddSingleton<RelayObserver>();
        services.AddSingleton<RelayMetrics>();
        services.AddSingleton<WorkReport>();
        services.TryAddSingleton<IConversationStore>(new MissingConversationStore("There is no record of conversations: the host adds none."));
        services.TryAddSingleton<IAuditStore>(new MissingAuditStore("There is no storage for audits: the host adds none."));
        services.AddSingleton<ConversationExpiry>();
        services.AddSingleton<CustomerEraser>();
        services.AddSingleton<ICustomerRevisions, RecordedRevisions>();
        services.AddSingleton<ICampaignStore, StoredCampaigns>();
        return services
            .AddRelayOptions(configuration)
            .AddSecrets(configuration)
            .AddWebhooks()
            .AddHelpdesks()
            .AddKlaviyo()
            .AddRelaying()
            .AddDeadLetters()
            .AddRecovery()
            .AddRecords()
            .AddInsights()
            .AddKustomerCard(configuration)
            .AddAudit()
            .AddCampaigns()
            .AddChecks();
    }

    private static IServiceCollection AddRelayOptions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RelayOptions>().Configure<IEnumerable<IHelpdesk>>((options, helpdesks) => options.Read(configuration, [.. helpdesks])).ValidateOnStart();
        services.AddOptions<KlaviyoOptions>().Configure(options => RelaySettings.Bind(configuration.GetSection(KlaviyoOptions.SectionName), options)).ValidateOnStart();
        services.TryAddSingleton(configuration);
        services.AddSingleton<IValidateOptions<RelayOptions>, RelayOptionsValidator>();
        services.AddSingleton<IValidateOptions<KlaviyoOptions>, KlaviyoOptionsValidator>();
        services.AddHostedService<RetiredSettings>();
        return services
            .AddSingleton(provider => provider.GetRequiredService<IOptions<RelayOptions>>().Value.Delivery)
            .AddSingleton(provider => provider.GetRequiredService<IOptions<RelayOptions>>().Value.DeadLetters)
            .AddSingleton(provider => provider.GetRequiredService<IOptions<RelayOptions>>().Value.Records)
            .AddSingleton(provider => provider.GetRequiredService<IOptions<RelayOptions>>().Value.Insights)
            .AddSingleton(provider => provider.GetRequiredService<IOptions<RelayOptions>>().Value.Campaigns)
            .AddSingleton(provider => new WriteVersion(provider.GetRequiredService<IOptions<RelayOptions>>().Value.WriteVersion))
            .AddSingleton(provider => provider.GetRequiredService<IOptions<RelayOptions>>().Value.State)
            .AddSingleton(provider => new Syncs(provider.GetRequiredService<IOptions<RelayOptions>>().Value.Syncs));
    }

    private static IServiceCollection AddSecrets(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration[KeyVaultOptions.UriSetting] is not { Length: > 0 } vault)
        {
            return services.AddSingleton<ISecretStore>(new ConfigurationSecretStore(configuration));
        }

        if (!Uri.TryCreate(vault, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
        {
            throw new OptionsValidationException("KeyVault", typeof(KeyVaultOptions), [$"KeyVault__Uri is '{vault}': it should be an https:// address."]);
        }

        services.TryAddSingleton<TokenCredential>(_ => AzureCredential.Create(configuration));
        services.AddSingleton(provider => new SecretClient(address, provider.GetRequiredService<TokenCredential>(), KeyVaultOptions.Client()));
        return services.AddSingleton<ISecretStore, KeyVaultSecretStore>();
    }

    private static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<IWebhookVerifier, BasicVerifier>();
        services.AddSingleton<IWebhookVerifier, HeaderVerifier>();
        services.AddSingleton<IWebhookVerifier, SetHmacVerifier>();
        foreach (var scheme in HmacSchemes.All)
        {
            services.AddSingleton<IWebhookVerifier>(provider => new HmacVerifier(scheme, provider.GetRequiredService<TimeProvider>()));
        }

        return services
            .AddSingleton<WebhookAuthentication>()
            .AddSingleton<WebhookSlots>()
            .AddSingleton<UnprovenBodies>()
            .AddSingleton<RefusalLog>()
            .AddSingleton<WebhookIntake>()
            .AddSingleton<WebhookReceiver>();
    }

    private static IServiceCollection AddHelpdesks(this IServiceCollection services) => services
        .AddGladly()
        .AddKustomer()
        .AddGeneric()
        .AddSingleton(provider => new ConnectionRegistry(provider.GetRequiredService<IOptions<RelayOptions>>().Value.Connections, provider.GetServices<IHelpdesk>()));

    private static IServiceCollection AddKlaviyo(this IServiceCollection services)
    {
        services.AddHttpClient(HttpSender.ClientName, RelayHttpClient.Configure)
            .ConfigurePrimaryHttpMessageHandler(RelayHttpClient.CreateHandler)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // Their messages hold addresses, and an address can hold an email.
            .RemoveAllLoggers();
        return services
            .AddSingleton<HttpSender>()
            .AddSingleton(provider => provider.GetRequiredService<IOptions<RelayOptions>>().Value.KlaviyoAccounts(provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<RateLimitReport>()
            .AddSingleton<KlaviyoClient>()
            .AddSingleton<KlaviyoApi>()
            .AddSingleton<JobClient>()
            .AddSingleton<ProfileImportClient>()
            .AddSingleton<ProfileIdClient>()
            .AddSingleton<ListClient>()
            .AddSingleton<FlowClient>()
            .AddSingleton<SegmentClient>()
            .AddSingleton<CampaignClient>()
            .AddSingleton<ProfileGroupClient>()
            .AddSingleton<EventClient>()
            .AddSingleton<AccountClient>();
    }

    private static IServiceCollection AddRelaying(this IServiceCollection services) => services
        .AddSingleton<BatchReader>()
        .AddSingleton<CustomerFanOut>()
        .AddSingleton<CustomerKeys>()
        .AddSingleton<ConversationRecord>()
        .AddSingleton<RecentConversations>()
        .AddHostedService<RecordBeginning>()
        .AddSingleton<CustomerQuestions>()
        .AddSingleton<PresentState>()
        .AddSingleton<FollowUps>()
        .AddSingleton<ProfileFilter>()
        .AddSingleton<BulkDeliverer>()
        .AddSingleton<Deliverer>()
        .AddSingleton<RelayHealth>()
        .AddSingleton<EventRelay>();

    private static IServiceCollection AddDeadLetters(this IServiceCollection services) => services
        .AddSingleton(RelayWork.Reader)
        .AddSingleton<PlaceSender>()
        .AddSingleton<UnreadableMessages>()
        .AddSingleton<DeadLetterWriter>()
        .AddSingleton<ThrottledRelease>();

    private static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<AccountAudit>()
        .AddSingleton<AccountSegments>()
        .AddSingleton<AccountLeaks>()
        .AddSingleton<WeeklyAudit>()
        .AddSingleton<LatenessMeter>()
        .AddHostedService(provider => provider.GetRequiredService<LatenessMeter>());

    private static IServiceCollection AddRecovery(this IServiceCollection services) => services.AddSingleton<EventRecovery>();
}

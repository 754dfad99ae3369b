using KlaviyoRelay.Core.Campaigns.Figures;
using KlaviyoRelay.Core.Campaigns.Steps;
using KlaviyoRelay.Core.Klaviyo.Campaigns;
using KlaviyoRelay.Core.Klaviyo.Templates;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Core.Campaigns;

/// <summary>Puts campaigns together.</summary>
public static class CampaignServiceCollectionExtensions
{
    public static IServiceCollection AddCampaigns(this IServiceCollection services) => services
        .AddSingleton<AudienceClient>()
        .AddSingleton<TemplateClient>()
        .AddSingleton<CampaignNotes>()
        .AddSingleton<StepRunner>()
        .AddSingleton<CampaignAccess>()
        .AddSingleton<Audiences>()
        .AddSingleton<Estimates>()
        .AddSingleton<CampaignViews>()
        .AddSingleton<CampaignLog>()
        .AddSingleton<CampaignMaker>()
        .AddSingleton<CampaignSwitch>()
        .AddSingleton<PerformanceReports>();
}

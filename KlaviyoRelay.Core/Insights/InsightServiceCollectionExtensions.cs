using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Core.Insights;

/// <summary>Puts insights together.</summary>
public static class InsightServiceCollectionExtensions
{
    public static IServiceCollection AddInsights(this IServiceCollection services) => services
        .AddSingleton<InsightCache>()
        .AddSingleton<CardAccess>()
        .AddSingleton<CustomerEmails>()
        .AddSingleton<ProfileSearch>()
        .AddSingleton<ProfileReader>()
        .AddSingleton<InsightReader>()
        .AddSingleton<InsightDesk>();
}

using KlaviyoRelay.Core.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Core.Insights.Kustomer;

/// <summary>Adds the card in Kustomer.</summary>
public static class KustomerCardServiceCollectionExtensions
{
    /// <param name="configuration">Settings, with a section <c>KustomerCard</c>.</param>
    public static IServiceCollection AddKustomerCard(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<KustomerCardOptions>()
            .Configure(options => RelaySettings.Bind(configuration.GetSection(KustomerCardOptions.SectionName), options))
            .ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<KustomerCardOptions>, KustomerCardOptionsValidator>()
            .AddSingleton<CardPage>();
    }
}

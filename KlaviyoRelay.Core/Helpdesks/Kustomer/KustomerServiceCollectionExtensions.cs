using KlaviyoRelay.Core.Helpdesks.Checking;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Core.Helpdesks.Kustomer;

/// <summary>Adds Kustomer.</summary>
public static class KustomerServiceCollectionExtensions
{
    public static IServiceCollection AddKustomer(this IServiceCollection services) => services
        .AddSingleton<IHelpdesk, KustomerHelpdesk>()
        .AddSingleton<IHelpdeskAdapter, KustomerAdapter>()
        .AddSingleton<IHelpdeskClient, KustomerClient>()
        .AddSingleton<IHelpdeskCheck, KustomerCheck>();
}

using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Core.Helpdesks.Generic;

/// <summary>Adds any other helpdesk.</summary>
public static class GenericServiceCollectionExtensions
{
    public static IServiceCollection AddGeneric(this IServiceCollection services) => services
        .AddSingleton<IHelpdesk, GenericHelpdesk>()
        .AddSingleton<IHelpdeskAdapter, GenericAdapter>()
        .AddSingleton<IHelpdeskClient, GenericClient>();
}

using KlaviyoRelay.Core.Helpdesks.Checking;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Core.Helpdesks.Gladly;

/// <summary>Adds Gladly.</summary>
public static class GladlyServiceCollectionExtensions
{
    public static IServiceCollection AddGladly(this IServiceCollection services) => services
        .AddSingleton<IHelpdesk, GladlyHelpdesk>()
        .AddSingleton<IHelpdeskAdapter, GladlyAdapter>()
        .AddSingleton<IHelpdeskClient, GladlyClient>()
        .AddSingleton<IEventRecord, GladlyEvents>()
        .AddSingleton<IHelpdeskCheck, GladlyCheck>()
        .AddSingleton<GladlyApi>()
        .AddSingleton<GladlyConversations>();
}

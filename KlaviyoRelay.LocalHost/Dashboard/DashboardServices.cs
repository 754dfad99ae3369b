using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Dashboard.Act;
using KlaviyoRelay.LocalHost.Dashboard.Watch;

namespace KlaviyoRelay.LocalHost.Dashboard;

/// <summary>Puts the dashboard together: a page at the root of the local host, and what it shows and does.</summary>
internal static class DashboardServices
{
    public static IServiceCollection AddDashboard(this IServiceCollection services) => services
        .AddSingleton<DashboardGuard>()
        .AddSingleton<DashboardPage>()
        .AddSingleton<CounterRing>().AddSingleton<EventBoard>()
        .AddSingleton<RelayObserver>(provider => provider.GetRequiredService<EventBoard>())
        .AddSingleton<QueueDepths>().AddSingleton<EventStream>().AddSingleton<SetupReader>().AddSingleton<WatchRoutes>()
        .AddSingleton<SimulatorClient>().AddSingleton<SimulatorLink>()
        .AddSingleton<SampleConnections>().AddSingleton<SampleSender>().AddSingleton<TryActions>()
        .AddSingleton<FaultActions>().AddSingleton<LetterActions>().AddSingleton<CheckActions>().AddSingleton<ActRoutes>();

    public static void MapDashboard(this WebApplication app)
    {
        var routes = new DashboardRoutes(app, app.Services.GetRequiredService<DashboardGuard>());
        // When it is first asked for, and not while the relay starts.
        var page = new Lazy<DashboardPage>(app.Services.GetRequiredService<DashboardPage>);
        routes.Get("/", context => page.Value.WriteIndexAsync(context));
        routes.Get("/dashboard/{file}", context => page.Value.WriteFileAsync(context));
        app.Services.GetRequiredService<WatchRoutes>().Map(routes);
        app.Services.GetRequiredService<ActRoutes>().Map(routes);
    }
}

using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Dashboard.Act;
using KlaviyoRelay.Dashboard.Watch;
using KlaviyoRelay.LocalHost.Functions;

namespace KlaviyoRelay.Dashboard;

/// <summary>Puts the dashboard together: a page at the root of the local host, and what it shows and does.</summary>
internal static class DashboardServices
{
    public static IServiceCollection AddDashboard(this IServiceCollection services) => services
        .AddSingleton<LocalGuard>()
        .AddSingleton<DashboardPage>()
        .AddSingleton<CounterRing>().AddSingleton<EventBoard>()
        .AddSingleton<RelayObserver>(provider => provider.GetRequiredService<EventBoard>())
        .AddSingleton<QueueDepths>().AddSingleton<EventStream>().AddSingleton<SetupReader>().AddSingleton<WatchRoutes>()
        .AddSingleton<SimulatorClient>().AddSingleton<SimulatorLink>()
        .AddSingleton<SampleConnections>().AddSingleton<SampleSender>().AddSingleton<TryActions>()
        .AddSingleton<FaultActions>().AddSingleton<LetterActions>().AddSingleton<CheckActions>().AddSingleton<ActRoutes>();

    public static void MapDashboard(this WebApplication app)
    {
        var routes = new DashboardRoutes(app, app.Services.GetRequiredService<LocalGuard>());
        // When it is first asked for, and not while the relay starts.
        var page = new Lazy<DashboardPage>(app.Services.GetRequiredService<DashboardPage>);
        routes.Get("/", context => page.Value.WriteIndexAsync(context));
        routes.Get("/dashboard/{file}", context => page.Value.WriteFileAsync(context));
        app.Services.GetRequiredService<WatchRoutes>().Map(routes);
        app.Services.GetRequiredService<ActRoutes>().Map(routes);
    }
}

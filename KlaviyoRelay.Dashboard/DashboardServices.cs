using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Dashboard.Act;
using KlaviyoRelay.Dashboard.Watch;
using KlaviyoRelay.LocalHost.Functions;

namespace KlaviyoRelay.Dashboard;

/// <summary>Puts the dashboard together: a page at the root of the local host, and what it shows and does.</summary>
internal static class DashboardServices
{
    public static IServiceCollection AddDashboard(this IServiceCollection services) => services
        .AddSingleton<DashboardPage>()
        .AddSingleton<CounterRing>().AddSingleton<RefusedWebhooks>().AddSingleton<EventBoard>()
        .AddSingleton<RelayObserver>(provider => provider.GetRequiredService<EventBoard>())
        .AddSingleton<QueueDepths>().AddSingleton<EventStream>().AddSingleton<SetupReader>()
        .AddSingleton<SimulatorClient>().AddSingleton<SimulatorLink>()
        .AddSingleton<Samples>().AddSingleton<SampleSender>()
        .AddSingleton<FaultActions>().AddSingleton<LetterActions>().AddSingleton<ReplayActions>().AddSingleton<CheckActions>().AddSingleton<AuditActions>().AddSingleton<CampaignActions>().AddSingleton<RecordActions>().AddSingleton<HeldActions>().AddSingleton<AskedActions>();

    public static void MapDashboard(this WebApplication app)
    {
        var services = app.Services;
        var routes = new DashboardRoutes(app, services.GetRequiredService<LocalGuard>());
        // When it is first asked for, and not while the relay starts.
        var page = new Lazy<DashboardPage>(services.GetRequiredService<DashboardPage>);
        foreach (var (path, file) in DashboardPage.Paths)
        {
            routes.Get(path, context => page.Value.WriteAsync(context, file));
        }

        routes.Get("/dashboard/{file}", context => page.Value.WriteFileAsync(context));

        routes.Get("/dashboard/stream", services.GetRequiredService<EventStream>().WriteAsync);
        routes.Get("/dashboard/setup", services.GetRequiredService<SetupReader>().ReadAsync);
        routes.Get("/dashboard/refused", services.GetRequiredService<RefusedWebhooks>().AnswerAsync);
        routes.Get("/dashboard/events/{id}", services.GetRequiredService<EventBoard>().AnswerAsync);

        var audit = services.GetRequiredService<AuditActions>();
        routes.Get("/dashboard/lateness", audit.LatenessAsync);
        routes.Get("/dashboard/accounts", audit.AccountsAsync);
        routes.Post("/dashboard/audit", DashboardJson.Default.AuditRequest, audit.AuditAsync);
        routes.Post("/dashboard/leaks", DashboardJson.Default.LeakRequest, audit.LeaksAsync);

        var campaigns = services.GetRequiredService<CampaignActions>();
        routes.Get("/dashboard/campaign-accounts", campaigns.AccountsAsync);
        routes.Get("/dashboard/campaigns", campaigns.ListAsync);
        routes.Get("/dashboard/campaigns/{id}", campaigns.EstimateAsync);
        routes.Get("/dashboard/audiences", campaigns.AudiencesAsync);
        routes.Get("/dashboard/campaign-performance", campaigns.PerformanceAsync);
        routes.Post("/dashboard/campaigns", DashboardJson.Default.NewCampaignRequest, campaigns.MakeAsync);
        routes.Post("/dashboard/campaigns/change", DashboardJson.Default.CampaignChange, campaigns.BringAsync);

        var held = services.GetRequiredService<HeldActions>();
        routes.Get("/dashboard/customers", held.CustomersAsync);
        routes.Get("/dashboard/customers/{helpdesk}/{customer}", held.FindAsync);
        routes.Get("/dashboard/asked/{connection}/{customer}", services.GetRequiredService<AskedActions>().AskAsync);

        var records = services.GetRequiredService<RecordActions>();
        routes.Get("/dashboard/runs", records.ListAsync);
        routes.Get("/dashboard/runs/{sync}/{run}", records.FindAsync);
        routes.PostBody("/dashboard/rows/{sync}", records.UploadAsync);
        routes.PostBody("/dashboard/rows/{sync}/preview", records.PreviewAsync);

        var letters = services.GetRequiredService<LetterActions>();
        routes.Get("/dashboard/dead-letters", letters.ListAsync);
        routes.Post("/dashboard/dead-letters/release", DashboardJson.Default.LetterChoice, letters.ReleaseAsync);
        routes.Post("/dashboard/dead-letters/redrive", DashboardJson.Default.LetterChoice, letters.RedriveAsync);
        routes.Post("/dashboard/replay", DashboardJson.Default.ReplayRequest, services.GetRequiredService<ReplayActions>().SendAsync);
        routes.Post("/dashboard/try", DashboardJson.Default.TryRequest, services.GetRequiredService<Samples>().PostAsync);
        routes.Post("/dashboard/faults", DashboardJson.Default.FaultSwitch, services.GetRequiredService<FaultActions>().SwitchAsync);
        routes.Post("/dashboard/check", DashboardJson.Default.CheckRequest, services.GetRequiredService<CheckActions>().RunAsync);
    }
}

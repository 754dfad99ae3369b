using KlaviyoRelay.Simulator.Control;
using KlaviyoRelay.Simulator.Demo;
using KlaviyoRelay.Simulator.Faults;
using KlaviyoRelay.Simulator.Gladly;
using KlaviyoRelay.Simulator.Helpdesks;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Keys;
using KlaviyoRelay.Simulator.Klaviyo;
using KlaviyoRelay.Simulator.Klaviyo.Payloads;
using KlaviyoRelay.Simulator.Klaviyo.Recording;
using KlaviyoRelay.Simulator.Kustomer;
using KlaviyoRelay.Simulator.Kustomer.Window;
using KlaviyoRelay.Simulator.Limits;
using KlaviyoRelay.Simulator.Webhooks;

namespace KlaviyoRelay.Simulator;

/// <summary>The simulator as a web application, not yet started.</summary>
internal static class SimulatorApp
{
    /// <summary>Where it listens, unless it is told: at the port that scripts/ports has set.</summary>
    public static string DefaultAddress { get; } = $"http://127.0.0.1:{Environment.GetEnvironmentVariable("SIMULATOR_PORT") ?? "7080"}";

    private const string CustomerEmailSetting = "Simulator:CustomerEmail";
    private const string KlaviyoSetting = "Klaviyo:BaseAddress";

    /// <param name="args">Configuration such as <c>--urls http://127.0.0.1:0</c>.</param>
    /// <param name="time">The clock; a test gives its own.</param>
    /// <exception cref="SimulatorSetupException">The configuration can't be used.</exception>
    public static WebApplication Build(string[] args, TimeProvider? time = null)
    {
        // An empty builder: no files of the current directory are read, nothing is logged per request.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        AddLocalSettings(builder.Configuration);
        builder.Configuration.AddEnvironmentVariables().AddEnvironmentVariables("ASPNETCORE_").AddCommandLine(args);
        // A start that fails is told in one line by ServeCommand, not by the host's stack trace.
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Services check their own limits and answer as the vendor does.
            kestrel.Limits.MaxRequestBodySize = null;
        });
        builder.WebHost.UseUrls(builder.Configuration["urls"] ?? DefaultAddress);
        builder.Services.AddSingleton(CardSettings.Read(builder.Configuration));
        AddServices(builder.Services, time ?? TimeProvider.System, new SeededCustomers(CustomerEmail(builder.Configuration), Klaviyo(builder.Configuration)));

        var app = builder.Build();
        app.Run(app.Services.GetRequiredService<RequestPipeline>().HandleAsync);
        return app;
    }

    private static void AddServices(IServiceCollection services, TimeProvider time, SeededCustomers customers) => services
        .AddSingleton(time)
        .AddSingleton<RequestPipeline>().AddSingleton<RequestCounts>()
        .AddSingleton<FaultTable>().AddSingleton<KeyTable>().AddSingleton<LimitTable>().AddSingleton<SimulatorSettings>()
        .AddSingleton<ISimulatedApi, KlaviyoApi>().AddSingleton<KlaviyoAccounts>().AddSingleton<EventLog>()
        .AddSingleton<ISimulatedApi, GladlyApi>().AddSingleton<GladlyEvents>()
        .AddSingleton<ISimulatedApi, KustomerApi>()
        .AddSingleton<KustomerWindow>().AddSingleton<CardCommand>().AddSingleton<PreparedAnswers>().AddSingleton<CardControl>()
        .AddSingleton(customers).AddSingleton<SeededAccount>().AddSingleton<HelpdeskStores>()
        .AddSingleton<ControlApi>().AddSingleton<HelpdeskControl>().AddSingleton<SampleConversations>().AddSingleton<StateDocument>()
        .AddSingleton<SettingsControl>().AddSingleton<KlaviyoControl>().AddSingleton<TimelineControl>().AddSingleton<MessageControl>().AddSingleton<KlaviyoReport>();

    /// <summary>What the relay's settings file says to the simulator too; the environment and the command line win.</summary>
    private static void AddLocalSettings(ConfigurationManager configuration)
    {
        var file = DemoSettings.Load(Directory.GetCurrentDirectory(), _ => null);
        configuration.AddInMemoryCollection(new[] { CustomerEmailSetting, KlaviyoSetting }.Select(
            name => KeyValuePair.Create(name, file.Find(name.Replace(":", "__", StringComparison.Ordinal)))));
        configuration.AddInMemoryCollection([KeyValuePair.Create(CardSettings.TokenSetting, file.HasCard ? file.CardToken : null)]);
    }

    private static Uri? Klaviyo(ConfigurationManager configuration) => Uri.TryCreate(configuration[KlaviyoSetting], UriKind.Absolute, out var address) ? address : null;

    private static string? CustomerEmail(ConfigurationManager configuration) => configuration[CustomerEmailSetting] switch
    {
        null or "" => null,
        { } email when IdentifierRules.IsEmail(email) => email,
        _ => throw new SimulatorSetupException("Simulator__CustomerEmail must be an email address, such as you@your-shop.com."),
    };
}

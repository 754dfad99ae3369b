using KlaviyoRelay.Cli.Settings;
using KlaviyoRelay.Core;
using KlaviyoRelay.Dashboard;
using KlaviyoRelay.Functions.Telemetry;
using KlaviyoRelay.LocalHost;
using KlaviyoRelay.LocalHost.Functions;
using KlaviyoRelay.LocalHost.Recent;
using KlaviyoRelay.LocalHost.Settings;
using Microsoft.Extensions.Configuration.Memory;

namespace KlaviyoRelay.Cli;

internal static class RelayApp
{
    /// <summary>Where it listens, unless it is told: at the port that scripts/ports has set.</summary>
    public static string DefaultUrl { get; } = $"http://127.0.0.1:{Environment.GetEnvironmentVariable("RELAY_PORT") ?? "7071"}";

    /// <param name="args">Settings, such as <c>--LocalHost:Lock=00:00:10</c>.</param>
    /// <param name="replace">Puts other services in the place of the host's own.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is missing or wrong.</exception>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        if (LocalSettingsSource.Find(Directory.GetCurrentDirectory()) is { } settings)
        {
            // First, so that environment variables win.
            builder.Configuration.Sources.Insert(0, settings);
        }

        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = DefaultSettings.Values });
        builder.Logging.ClearProviders().AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // A start that fails is told in one line by Program, not by the host's stack trace.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Logging.AddFilter("Azure", LogLevel.Error);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(28));
        builder.WebHost.ConfigureKestrel(KestrelLimits.Apply);
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        builder.AddOtlp();
        builder.Services
            .AddKlaviyoRelay(builder.Configuration)
            .AddLocalHost(builder.Configuration)
            .AddDashboard();
        replace?.Invoke(builder.Services);

        var app = builder.Build();
        app.MapFunctions(
            app.Services.GetRequiredService<FunctionCatalog>(), app.Services.GetRequiredService<HostJson>(), app.Services.GetRequiredService<LocalGuard>());
        app.MapRecent(app.Services.GetRequiredService<RecentQueue>(), app.Services.GetRequiredService<LocalGuard>());
        app.MapDashboard();
        return app;
    }
}

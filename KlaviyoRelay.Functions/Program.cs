using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Functions;
using KlaviyoRelay.Functions.ServiceBus;
using KlaviyoRelay.Functions.Storage;
using KlaviyoRelay.Functions.Telemetry;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

LoopbackBypass.Install();
var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
// Not a line for each request, and none for each start of an instance.
builder.Logging.AddFilter("Azure", LogLevel.Error);
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
builder.AddWorkerTelemetry();
builder.Services
    .AddKlaviyoRelay(builder.Configuration)
    .AddServiceBusQueue(builder.Configuration)
    .AddBlobs(builder.Configuration)
    .AddConversationRecord(builder.Configuration)
    .AddSingleton<RecordRequests>()
    .AddSingleton<CampaignRequests>();
builder.Build().Run();

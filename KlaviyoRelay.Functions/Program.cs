// The entry point of the Azure Functions worker: compiled with -p:FunctionsWorker=true only.
using KlaviyoRelay.Core;
using KlaviyoRelay.Functions.ServiceBus;
using KlaviyoRelay.Functions.Storage;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services
    .AddKlaviyoRelay(builder.Configuration)
    .AddServiceBusQueue(builder.Configuration)
    .AddRecoveryMarks(builder.Configuration);
builder.Build().Run();

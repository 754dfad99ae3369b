using System.Text.Json;
using System.Text.Json.Nodes;
using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Records.Storage;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Functions;
using KlaviyoRelay.Tests.Functions;
using KlaviyoRelay.Tests.Simulator;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.Campaigns;

/// <summary>The relay's campaigns against the simulated Klaviyo, over real HTTP, by the simulator's clock.</summary>
public abstract class CampaignTest : RecordsTest
{
    protected const string Account = "pk_main";

    private ServiceProvider? _services;
    private (string Name, string? Value)[] _settings = [];

    private protected LogCapture Logs { get; } = new();

    /// <summary>The list that campaigns go to has three members, one of whom is in conversation.</summary>
    protected async Task SeedAccountAsync(bool hasSegments = true)
    {
        await SeedAsync("/klaviyo/lists", $$"""[{"key":"{{Account}}","id":"L1","name":"Newsletter"},{"key":"{{Account}}","id":"L2","name":"Staff"}]""");
        await SeedAsync("/klaviyo/templates", $$"""[{"key":"{{Account}}","id":"T1","name":"Winter"}]""");
        foreach (var (name, isIn) in new[] { ("ann", "true"), ("bob", "false"), ("eve", "false") })
        {
            await SeedAsync("/klaviyo/profiles", $$"""[{"key":"{{Account}}","email":"{{name}}@klaviyo-demo.com","lists":["L1"],"properties":{"In Gladly Conversation":{{isIn}} } }]""");
        }

        if (hasSegments)
        {
            foreach (var connection in new[] { "gladly", "kustomer" })
            {
                await SeedAsync(
                    "/klaviyo/segments",
                    $$"""[{"key":"{{Account}}","id":"S-{{connection}}","name":"In conversation with support ({{connection}})","definition":{"condition_groups":[{"conditions":[{"type":"profile-property","property":"properties['In {{(connection == "gladly" ? "Gladly" : "Kustomer")}} Conversation']","filter":{"type":"boolean","operator":"equals","value":true} }]}]} }]""");
            }
        }
    }

    /// <summary>Settings that differ from those of every test.</summary>
    protected void Set(params (string Name, string? Value)[] settings) => _settings = settings;

    protected T Get<T>()
        where T : notnull => (_services ??= Compose()).GetRequiredService<T>();

    private protected KlaviyoAccount Main => Get<KlaviyoAccounts>().Find("main") ?? throw new InvalidOperationException("There is no account.");

    private protected BatchBudget Budget => new(RelayClock, TimeSpan.FromMinutes(2));

    /// <summary>The relay's clock, which shows the simulator's time.</summary>
    private protected TestClock RelayClock { get; } = new(new DateTimeOffset(2026, 7, 20, 10, 0, 0, TimeSpan.Zero));

    /// <summary>A request that is right, with differences.</summary>
    protected static JsonObject Request(params (string Name, JsonNode? Value)[] differences)
    {
        var request = new JsonObject
        {
            ["name"] = "Winter sale",
            ["audiences"] = new JsonObject { ["included"] = new JsonArray("Newsletter") },
            ["sendAt"] = "2026-07-21T09:00:00Z",
            ["subject"] = "Warm things",
            ["templateId"] = "T1",
        };
        foreach (var (name, value) in differences)
        {
            request[name] = value;
        }

        return request;
    }

    private protected Task<WrittenAnswer> MakeAsync(JsonNode request, string? key = null) => RunAsync(
        (context, token) =>
        {
            context.Request.Body = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(request));
            if (key is not null)
            {
                context.Request.Headers["Idempotency-Key"] = key;
            }

            return Get<MakeCampaign>().RunAsync(context.Request, "main", token);
        });

    private protected async Task<string> MakeAndGetIdAsync(params (string Name, JsonNode? Value)[] differences)
    {
        var made = await MakeAsync(Request(differences));
        made.Status.ShouldBe(201, $"{made.Json}");
        return made.Text("id") ?? "";
    }

    private protected Task<WrittenAnswer> ScheduleAsync(string id) => RunAsync((context, token) => Get<ScheduleCampaign>().RunAsync(context.Request, "main", id, token));

    private protected Task<WrittenAnswer> CancelAsync(string id) => RunAsync((context, token) => Get<CancelCampaign>().RunAsync(context.Request, "main", id, token));

    private protected Task<WrittenAnswer> RevertAsync(string id) => RunAsync((context, token) => Get<RevertCampaign>().RunAsync(context.Request, "main", id, token));

    private protected static async Task<WrittenAnswer> RunAsync(Func<HttpContext, CancellationToken, Task<IResult>> run) =>
        await WrittenAnswer.Of(await run(new DefaultHttpContext(), TestContext.Current.CancellationToken));

    /// <summary>What the simulated Klaviyo has.</summary>
    private protected async Task<List<JsonNode>> CampaignsAsync() => [.. ((await ControlAsync(HttpMethod.Get, "/klaviyo/campaigns")).Json as JsonArray ?? []).OfType<JsonNode>()];

    protected async Task<int> RequestsAsync(string route) => (await StateAsync())["requestsByPath"]?[route]?.GetValue<int>() ?? 0;

    /// <summary>The relay and Klaviyo grow older together.</summary>
    protected void Pass(TimeSpan time)
    {
        RelayClock.Advance(time);
        Clock.Advance(time);
    }

    private ServiceProvider Compose()
    {
        var settings = TestSettings.With([("Klaviyo__BaseAddress", $"{Address}klaviyo"), ("Relay__Accounts__main__CampaignsEnabled", "true"), .. _settings]);
        var services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs))
            .AddSingleton<TimeProvider>(RelayClock)
            .AddSingleton<IEventQueue>(new InMemoryQueue())
            .AddKlaviyoRelay(settings)
            .AddSingleton<IRecordStore>(new InMemoryRecordStore())
            .AddSingleton<CampaignRequests>();
        foreach (var function in new[] { typeof(MakeCampaign), typeof(ListCampaigns), typeof(GetCampaign), typeof(ScheduleCampaign), typeof(CancelCampaign), typeof(RevertCampaign), typeof(ListAudiences), typeof(GetCampaignPerformance) })
        {
            services.AddSingleton(function);
        }

        return services.BuildServiceProvider();
    }
}

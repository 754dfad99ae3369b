using KlaviyoRelay.Core.Audit.Leaks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Simulator;
using KlaviyoRelay.Simulator.Klaviyo.Payloads;
using KlaviyoRelay.Simulator.Klaviyo.Recording;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Audit;

/// <summary>30 days of 10,000 conversations, against the simulator with Klaviyo's limits, on one clock.</summary>
[Trait("Takes", "long")]
public sealed class LeakLoadTests(ITestOutputHelper output)
{
    private const int Conversations = 10_000;
    private const int Days = 30;
    private const int MessagesEach = 6;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_over_30_days_of_10_000_conversations_ends_within_the_limits_and_finds_each_leak()
    {
        var clock = new TestClock();
        await using var simulator = SimulatorApp.Build(["--urls", "http://127.0.0.1:0"], clock);
        await simulator.StartAsync(Cancellation);
        simulator.Services.GetRequiredService<KlaviyoRelay.Simulator.Limits.SimulatorSettings>().Set(new() { Limits = true });
        using var relay = new RelayFixture(
            services => services.AddSingleton<TimeProvider>(clock).AddHttpClient(HttpSender.ClientName).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { UseProxy = false }),
            ("Klaviyo__BaseAddress", $"{simulator.Urls.First()}/klaviyo"));
        var until = clock.GetUtcNow();
        var expected = Fill(simulator.Services.GetRequiredService<KlaviyoAccounts>().Of("pk_main"), until);
        var begun = clock.Elapsed;

        var result = await relay.Get<AccountLeaks>().RunAsync(LeakState.Begin("main", until.AddDays(-Days), until), TimeSpan.FromHours(1), _ => Task.CompletedTask, Cancellation);

        var report = result.Value.ShouldNotBeNull(result.Failure?.Detail);
        var minutes = (clock.Elapsed - begun).TotalMinutes;
        output.WriteLine(FormattableString.Invariant($"{report.Requests} requests, {minutes:0.0} minutes, {report.Messages} leaks, {report.Sent} messages"));
        report.Conversations.ShouldBe(Conversations);
        report.Sent.ShouldBe(Conversations * MessagesEach);
        report.Messages.ShouldBe(expected);
        simulator.Services.GetRequiredService<KlaviyoRelay.Simulator.Http.RequestCounts>().ByStatus("klaviyo").Keys.ShouldBe(["200"]);
        // Of the 2,800 requests that Klaviyo takes in a minute at a share of 0.8.
        report.Requests.ShouldBeLessThan(500);
        minutes.ShouldBeLessThan(2);
    }

    /// <summary>Each customer writes once, and gets a message every five days. Returns how many of these fall into the conversation.</summary>
    private static int Fill(KlaviyoAccount account, DateTimeOffset until)
    {
        var (since, leaks) = (until.AddDays(-Days), 0);
        for (var customer = 0; customer < Conversations; customer++)
        {
            // Spread over the days; every third is open for a day and a half, the others for three hours.
            var opened = since.AddMinutes(1 + (customer * 4L % (Days * 24 * 60 - 2)));
            var closed = opened.AddHours(customer % 3 == 0 ? 36 : 3);
            var profile = new NewProfile { Email = $"c{customer}@acme-shop.com", Details = new Dictionary<string, ReadOnlyMemory<byte>>() };
            account.Record([new ProfileEvents(profile, [Event("started conversation in Gladly", opened), .. closed < until ? [Event("closed conversation in Gladly", closed)] : Array.Empty<NewEvent>()])], isBulk: false);
            leaks += account.Use(data =>
            {
                var found = data.Profiles.Find(ProfileIdentifier.Email(profile.Email)).ShouldNotBeNull();
                var times = Enumerable.Range(0, MessagesEach).Select(message => since.AddDays(message * 5).AddMinutes(customer % 1440)).ToList();
                times.ForEach(time => account.Receive(data, found, new SentMessage($"M{time.Day}", "Newsletter", time)));
                return times.Count(time => time > opened && time < closed);
            });
        }

        return leaks;
    }

    private static NewEvent Event(string metric, DateTimeOffset time) => new() { Metric = metric, Time = time, Pointer = FieldPointer.Root };
}

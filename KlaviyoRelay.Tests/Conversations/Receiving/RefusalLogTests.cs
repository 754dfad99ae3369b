using KlaviyoRelay.Core.Conversations.Receiving;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace KlaviyoRelay.Tests.Conversations.Receiving;

/// <summary>What strangers cause is counted, and the log has a line a minute for it.</summary>
public sealed class RefusalLogTests : IDisposable
{
    private static readonly byte[] Body = "{}"u8.ToArray();

    private readonly RelayFixture _relay = new();

    public void Dispose() => _relay.Dispose();

    public static TheoryData<string, string, string> Refusals => new()
    {
        { "unknown", "none", "Refused a webhook: its address names no connection.|Refused 499 more webhooks within a minute: their addresses name no connection." },
        { "gladly", "wrong", "Refused a webhook on connection gladly: unauthorized.|Refused 499 more webhooks on connection gladly within a minute: unauthorized." },
        { "kustomer", "wrong", "Refused a webhook on connection kustomer: unauthorized.|Refused 499 more webhooks on connection kustomer within a minute: unauthorized." },
        { "gladly", "text", "Refused a webhook on connection gladly: not-json.|Refused 499 more webhooks on connection gladly within a minute: not-json." },
        { "kustomer", "large", "Refused a webhook on connection kustomer: too-large.|Refused 499 more webhooks on connection kustomer within a minute: too-large." },
        { "kustomer", "broken", "Refused a webhook on connection kustomer: incomplete.|Refused 499 more webhooks on connection kustomer within a minute: incomplete." },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refusals_are_logged_at_once_and_then_once_a_minute_with_their_number(string connection, string what, string lines)
    {
        for (var number = 0; number < 500; number++)
        {
            await _relay.ReceiveAsync(Request(connection, what));
        }

        _relay.Logs.Lines.ShouldBe([lines.Split('|')[0]]);
        _relay.Clock.Advance(TimeSpan.FromMinutes(1));
        _relay.Logs.Lines.ShouldBe(lines.Split('|'));
        // A quiet minute, and the next one is told at once again.
        _relay.Clock.Advance(TimeSpan.FromMinutes(1));
        await _relay.ReceiveAsync(Request(connection, what));
        _relay.Logs.Lines.ShouldBe([.. lines.Split('|'), lines.Split('|')[0]]);
    }

    [Fact]
    public async Task Webhooks_that_no_secret_can_be_asked_about_fill_no_log()
    {
        using var relay = new RelayFixture(("Secrets__kustomerToken", "kustomer\n"));
        for (var number = 0; number < 500; number++)
        {
            (await relay.ReceiveAsync(Request("kustomer", "wrong"))).ShouldBeOfType<WebhookOutcome.Unavailable>();
        }

        relay.Clock.Advance(TimeSpan.FromMinutes(1));

        relay.Logs.Lines.Count.ShouldBe(4);
        relay.Logs.At(LogLevel.Error).ShouldHaveSingleItem().ShouldContain("The secret 'kustomerToken' holds a line break");
    }

    [Fact]
    public void Timer_goes_after_a_quiet_minute_and_comes_with_the_next_refusal()
    {
        var timers = new HandTimers();
        using var log = new RefusalLog(timers, NullLogger<WebhookReceiver>.Instance);
        Refuse(log, 2);

        timers.Ring();
        timers.Count.ShouldBe(1);
        timers.Ring();
        timers.Count.ShouldBe(0);

        Refuse(log, 1);
        timers.Count.ShouldBe(1);
    }

    [Fact]
    public void Timer_that_rings_while_the_host_stops_logs_nothing()
    {
        var (timers, lines) = (new HandTimers(), new LogCapture());
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(lines));
        var log = new RefusalLog(timers, factory.CreateLogger<WebhookReceiver>());
        Refuse(log, 3);

        log.Dispose();
        timers.Ring();

        timers.Count.ShouldBe(0);
        lines.Lines.ShouldBe(["Refused a webhook on connection gladly: unauthorized."]);
    }

    private static void Refuse(RefusalLog log, int times)
    {
        for (var time = 0; time < times; time++)
        {
            log.Refused("gladly", "unauthorized", isProven: false);
        }
    }

    private static WebhookRequestBuilder Request(string connection, string what)
    {
        var request = new WebhookRequestBuilder(connection, Body)
            .Header("Authorization", WebhookRequestBuilder.Basic("relay:wrong"))
            .Header(WebhookRequestBuilder.Signature, new string('0', 64));
        return what switch
        {
            "text" => request.ContentType("text/plain"),
            "large" => request.Announced(WebhookLimits.MaxBodyBytes + 1),
            "broken" => request.Stream(new BrokenStream()),
            _ => request,
        };
    }
}

using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Tests.Telemetry;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.Conversations.Receiving;

/// <summary>An authentic webhook can hold an event that goes to nobody. The relay counts and logs it.</summary>
public sealed class WebhookIntakeTests : IDisposable
{
    private readonly RelayFixture _relay = new(DeskWebhookBuilder.Settings());
    private readonly MetricRows _rows;

    public WebhookIntakeTests() => _rows = new MetricRows(_relay);

    public void Dispose()
    {
        _rows.Dispose();
        _relay.Dispose();
    }

    [Fact]
    public async Task Rating_that_cannot_be_read_is_counted_and_logged()
    {
        (await ReceiveAsync(new DeskWebhookBuilder().Of("rated").With("ticket.score", "great"))).ShouldBeOfType<WebhookOutcome.Ignored>();

        Skipped().ShouldBe(["relay.emails.skipped 1 relay.connection=desk relay.reason=no-rating"]);
        _relay.Logs.At(LogLevel.Warning).ShouldHaveSingleItem().ShouldStartWith("A webhook on connection desk holds an event that the relay can't complete (no-rating)");
    }

    [Fact]
    public async Task Customer_whose_email_gets_no_event_is_counted_and_logged()
    {
        (await ReceiveAsync(new DeskWebhookBuilder().With("customer.email", "no email"))).ShouldBeOfType<WebhookOutcome.Ignored>();

        Skipped().ShouldBe(["relay.emails.skipped 1 relay.connection=desk relay.reason=invalid"]);
        _relay.Logs.At(LogLevel.Information).ShouldBe(["A webhook on connection desk holds an event, but no email or phone number that it could go to."]);
        _relay.Queue.Count.ShouldBe(0);
    }

    private Task<WebhookOutcome> ReceiveAsync(DeskWebhookBuilder webhook) => _relay.ReceiveAsync(WebhookRequestBuilder.Desk(webhook.Build()));

    private IEnumerable<string> Skipped() => _rows.Take().Select(row => $"{row}").Where(row => row.StartsWith("relay.emails.skipped", StringComparison.Ordinal));
}

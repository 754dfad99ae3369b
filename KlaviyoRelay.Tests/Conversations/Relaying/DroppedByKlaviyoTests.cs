using KlaviyoRelay.Core.Conversations.Relaying;

namespace KlaviyoRelay.Tests.Conversations.Relaying;

/// <summary>What Klaviyo accepts and drops is skipped, and counted under a reason of its own.</summary>
public sealed class DroppedByKlaviyoTests
{
    [Theory]
    [InlineData("ann@example.com", "reserved-domain")]
    [InlineData("ann@Example.COM", "reserved-domain")]
    [InlineData("ann@mail.example.com", "reserved-domain")]
    [InlineData("ann@example.net", "reserved-domain")]
    [InlineData("ann@example.org", "reserved-domain")]
    [InlineData("ann@test.com", "reserved-domain")]
    [InlineData("ann@latest.com", null)]
    [InlineData("ann@test.com.au", null)]
    [InlineData("example.com@shop.example", null)]
    [InlineData("+15555550123", null)]
    public void Reserved_domain_is_told(string email, string? reason) => DroppedByKlaviyo.ReasonFor(email, TestClock.Start, TestClock.Start).ShouldBe(reason);

    [Theory]
    [InlineData("1999-12-31T23:59:59Z", "time-out-of-range")]
    [InlineData("2000-01-01T00:00:00Z", null)]
    [InlineData("2027-01-15T14:03:00Z", null)]
    [InlineData("2027-01-15T14:03:01Z", "time-out-of-range")]
    public void Time_that_klaviyo_does_not_record_is_told(string time, string? reason) =>
        DroppedByKlaviyo.ReasonFor("ann@shop.example", DateTimeOffset.Parse(time), TestClock.Start).ShouldBe(reason);

    [Fact]
    public async Task Dropped_email_is_skipped_and_the_others_get_their_event()
    {
        using var relay = new RelayFixture();
        relay.Klaviyo.OnEventFor("bob@shop.example").Reply(202);

        await relay.RelayAsync(new RelayMessageBuilder().Retried(0, TestClock.Start, "ann@example.com", "bob@shop.example"));

        relay.Logs.Lines.ShouldContain(line => line.Contains("1 delivered, 1 skipped, 0 dead-lettered"));
    }
}

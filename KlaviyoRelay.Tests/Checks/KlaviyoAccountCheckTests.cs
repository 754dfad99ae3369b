using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Helpdesks.Checking;

namespace KlaviyoRelay.Tests.Checks;

/// <summary>Whether a key is of the account that it is meant for, and how long the API's revision lasts.</summary>
public sealed class KlaviyoAccountCheckTests
{
    private const string Setting = "Relay__Accounts__main__PublicApiKey";
    private const string Key = "Klaviyo main: key";
    private const string Revision = "Klaviyo API revision";

    [Fact]
    public async Task Key_of_the_named_account_is_good()
    {
        using var fixture = new CheckFixture((Setting, "AbC123"));

        (await fixture.LineAsync(Key)).Outcome.ShouldBe(CheckOutcome.Ok);
    }

    [Fact]
    public async Task Key_of_another_account_fails_and_names_both()
    {
        using var fixture = new CheckFixture((Setting, "XyZ789"));

        var line = await fixture.LineAsync(Key);

        line.Outcome.ShouldBe(CheckOutcome.Failed);
        line.Detail.ShouldEndWith("is of Acme Shop (AbC123), and not of the account XyZ789");
        line.Fix.ShouldBe($"store a private key of that account in the secret 'klaviyoKey', or correct {Setting}");
        fixture.Events.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Key_that_may_not_read_its_account_fails_when_the_account_is_named()
    {
        using var fixture = new CheckFixture((Setting, "AbC123"));
        fixture.Relay.Klaviyo.On(HttpMethod.Get, "/api/accounts").Reply(403, CheckFixture.Denied);

        (await fixture.LineAsync("Klaviyo main: accounts:read")).Outcome.ShouldBe(CheckOutcome.Failed);
    }

    [Theory]
    [InlineData("pk_0123456789abcdef")]
    [InlineData("AbC12")]
    [InlineData("AbC 123")]
    public void Setting_that_is_no_public_key_stops_the_start_and_is_not_shown(string value)
    {
        using var relay = new RelayFixture((Setting, value));

        var message = Should.Throw<Microsoft.Extensions.Options.OptionsValidationException>(() => relay.Get<ConnectionRegistry>()).Message;

        message.ShouldContain($"{Setting} is '•••': it should be the public API key");
        message.ShouldNotContain(value);
    }

    [Theory]
    [InlineData("2027-07-14", null, true)]
    [InlineData("2027-07-15", CheckOutcome.Warning, true)]
    [InlineData("2028-07-14", CheckOutcome.Warning, true)]
    [InlineData("2028-07-15", CheckOutcome.Failed, false)]
    public async Task Revision_is_warned_of_a_year_before_it_retires(string date, CheckOutcome? outcome, bool ok)
    {
        using var fixture = new CheckFixture();
        fixture.Relay.Clock.Step(DateTimeOffset.Parse($"{date}T00:00:00Z") - TestClock.Start);

        var report = await fixture.CheckAsync("gladly");

        (report.Checks.SingleOrDefault(line => line.Subject == Revision)?.Outcome).ShouldBe(outcome);
        report.Ok.ShouldBe(ok);
    }

    [Fact]
    public async Task Retired_revision_is_told_by_klaviyo_too()
    {
        using var fixture = new CheckFixture();
        fixture.Relay.Klaviyo.On(HttpMethod.Get, "/api/accounts").Reply(410);

        (await fixture.LineAsync(Key)).Fix.ShouldBe("update the relay to a version that speaks a newer one");
    }

    [Theory]
    [InlineData(401, "<html>Sign in</html>", "text/plain")]
    [InlineData(403, "error code: 1020", "text/plain")]
    [InlineData(400, """{"message":"Bad Request"}""", "application/json")]
    [InlineData(204, "", "text/plain")]
    public async Task Answer_of_something_else_is_no_verdict_on_the_key(int status, string body, string contentType)
    {
        using var fixture = new CheckFixture(("Secrets__klaviyoKey", "pk_0123456789abcdef"));
        fixture.Relay.Klaviyo.On(HttpMethod.Get, "/api/accounts").Reply(status, body, contentType);

        var line = await fixture.LineAsync(Key);

        line.Outcome.ShouldBe(CheckOutcome.Unknown);
        line.Detail.ShouldStartWith($"Could not be told: {status} came in the place of Klaviyo's answer");
    }
}

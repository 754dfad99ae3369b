using System.Net;
using KlaviyoRelay.Core.Helpdesks.Checking;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Tests.Checks;

public sealed class HelpdeskCheckTests
{
    private const string Gladly = "Gladly API";
    private const string KustomerKey = "Kustomer API key";
    private const string KustomerRole = "Kustomer customer.read";

    [Theory]
    [InlineData(401, "Gladly refuses the API user or its token (401)", "Relay__Connections__gladly__Gladly__ApiUser")]
    [InlineData(403, "The API user may not use Gladly's API (403)", "API User")]
    [InlineData(404, "acme.gladly.test has no such API (404)", "Relay__Connections__gladly__Gladly__BaseAddress")]
    [InlineData(302, "acme.gladly.test answers with a redirect (302), not as Gladly's API", "Relay__Connections__gladly__Gladly__BaseAddress")]
    public async Task Gladly_fails_with_words_that_tell_what_to_do(int status, string detail, string fix)
    {
        using var fixture = new CheckFixture();
        fixture.Relay.Gladly.On(HttpMethod.Get, "/api/v1/events").Reply(status);

        var line = await fixture.LineAsync(Gladly);

        (line.Outcome, line.Detail).ShouldBe((CheckOutcome.Failed, detail));
        line.Fix.ShouldNotBeNull().ShouldContain(fix);
    }

    [Fact]
    public async Task Gladly_fails_when_a_web_page_answers()
    {
        using var fixture = new CheckFixture();
        fixture.Relay.Gladly.On(HttpMethod.Get, "/api/v1/events").Reply(200, "<html>", "text/html");

        var line = await fixture.LineAsync(Gladly);

        (line.Outcome, line.Detail).ShouldBe((CheckOutcome.Failed, "acme.gladly.test answers with a web page (200), not as Gladly's API"));
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, CheckOutcome.Failed, "acme.gladly.test is not a known host (DNS)")]
    [InlineData(HttpRequestError.ConnectionError, CheckOutcome.Failed, "acme.gladly.test can't be connected to")]
    [InlineData(HttpRequestError.SecureConnectionError, CheckOutcome.Failed, "acme.gladly.test shows no valid TLS certificate")]
    [InlineData(HttpRequestError.ResponseEnded, CheckOutcome.Unknown, "Could not be told: Gladly gave no readable answer within 5 s")]
    public async Task Gladly_that_cannot_be_reached_is_told_apart(HttpRequestError error, CheckOutcome outcome, string detail)
    {
        using var fixture = new CheckFixture();
        fixture.Relay.Gladly.On(HttpMethod.Get, "/api/v1/events").Throw(new HttpRequestException(error));

        var line = await fixture.LineAsync(Gladly);

        (line.Outcome, line.Detail).ShouldBe((outcome, detail));
        line.Fix.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Gladly_that_is_busy_or_down_could_not_be_told(int status)
    {
        using var fixture = new CheckFixture();
        fixture.Relay.Gladly.On(HttpMethod.Get, "/api/v1/events").Reply(status);

        (await fixture.LineAsync(Gladly)).Outcome.ShouldBe(CheckOutcome.Unknown);
    }

    [Fact]
    public async Task Gladly_that_does_not_answer_is_given_up_after_five_seconds()
    {
        using var fixture = new CheckFixture();
        fixture.Relay.Gladly.On(HttpMethod.Get, "/api/v1/events").Hang(fixture.Relay.Clock, Probe.Timeout);

        (await fixture.LineAsync(Gladly)).Detail.ShouldBe("Could not be told: Gladly gave no readable answer within 5 s");
    }

    [Fact]
    public async Task Kustomer_key_that_is_refused_fails_and_its_role_is_not_tried()
    {
        using var fixture = new CheckFixture();
        fixture.Relay.Kustomer.On(HttpMethod.Get, "/v1/auth/tokens/current").Reply(401);

        var report = await fixture.CheckAsync("kustomer");

        report.Checks.Single(line => line.Subject == KustomerKey).Outcome.ShouldBe(CheckOutcome.Failed);
        report.Checks.Single(line => line.Subject == KustomerRole).Outcome.ShouldBe(CheckOutcome.Unknown);
        fixture.Relay.Kustomer.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Kustomer_key_without_the_role_fails_and_names_it()
    {
        using var fixture = new CheckFixture();
        fixture.Relay.Kustomer.On(HttpMethod.Get, "/v1/customers/000000000000000000000000").Reply((int)HttpStatusCode.Forbidden);

        (await fixture.LineAsync(KustomerKey, "kustomer")).Outcome.ShouldBe(CheckOutcome.Ok);
        var role = await fixture.LineAsync(KustomerRole, "kustomer");
        role.Outcome.ShouldBe(CheckOutcome.Failed);
        role.Fix.ShouldNotBeNull().ShouldContain("org.permission.customer.read");
    }
}

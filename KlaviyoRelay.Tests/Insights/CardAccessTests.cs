using KlaviyoRelay.Core.Insights;

namespace KlaviyoRelay.Tests.Insights;

/// <summary>Who may ask, and how often.</summary>
public sealed class CardAccessTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData("card-token-of-the-test")]
    public async Task Nobody_is_asked_when_the_token_is_missing_or_wrong(string? token)
    {
        using var fixture = new InsightFixture();

        (await fixture.AskAsync(token: token)).ShouldBeOfType<InsightOutcome.Unauthorized>();

        (fixture.LookUp.Count, fixture.Asked).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData("Basic card-token-of-the-tests")]
    [InlineData("card-token-of-the-tests")]
    public async Task Token_counts_as_a_bearer_token_alone(string authorization)
    {
        using var fixture = new InsightFixture();

        (await fixture.Relay.Get<InsightDesk>().AnswerAsync("kustomer", "c1", authorization, TestContext.Current.CancellationToken)).ShouldBeOfType<InsightOutcome.Unauthorized>();
    }

    [Fact]
    public async Task Both_tokens_of_a_rotation_are_taken()
    {
        using var fixture = new InsightFixture(("Relay__Connections__kustomer__Card__SecondSecret", "newToken"), ("Secrets__newToken", "another-token"));

        (await fixture.AskAsync()).ShouldBeOfType<InsightOutcome.Found>();
        (await fixture.AskAsync(token: "another-token")).ShouldBeOfType<InsightOutcome.Found>();
        (await fixture.AskAsync(token: "a-third-token")).ShouldBeOfType<InsightOutcome.Unauthorized>();
    }

    [Fact]
    public async Task Token_of_one_connection_is_none_of_another()
    {
        using var fixture = new InsightFixture(("Relay__Connections__gladly__Card__Secret", "gladlyCard"), ("Secrets__gladlyCard", "token-of-gladly"));

        (await fixture.AskAsync("gladly")).ShouldBeOfType<InsightOutcome.Unauthorized>();
        (await fixture.AskAsync(token: "token-of-gladly")).ShouldBeOfType<InsightOutcome.Unauthorized>();
    }

    [Fact]
    public async Task Connection_has_no_card_when_none_is_set_up()
    {
        using var fixture = new InsightFixture(("Relay__Connections__gladly__Card__Secret", null));

        (await fixture.AskAsync("gladly")).ShouldBeOfType<InsightOutcome.NoCard>();
        (await fixture.AskAsync("nobody")).ShouldBeOfType<InsightOutcome.NoCard>();
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("jane@shop.example")]
    [InlineData("line\nbreak")]
    [InlineData("ä")]
    public async Task Nobody_is_asked_for_what_is_no_id(string customer)
    {
        using var fixture = new InsightFixture();

        (await fixture.AskAsync(customer: customer)).ShouldBeOfType<InsightOutcome.UnknownCustomer>();
        (await fixture.AskAsync(customer: new string('a', 129))).ShouldBeOfType<InsightOutcome.UnknownCustomer>();

        fixture.LookUp.Count.ShouldBe(0);
        fixture.Relay.Logs.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task Connection_that_asks_too_often_is_told_when_to_ask_again_and_another_is_not_held_up()
    {
        using var fixture = new InsightFixture(("Relay__Connections__kustomer__Card__RequestsPerMinute", "3"));
        fixture.Relay.Gladly.Knows("c1", InsightFixture.Jane);
        for (var count = 0; count < 3; count++)
        {
            await fixture.FindAsync();
            fixture.Relay.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        (await fixture.AskAsync()).ShouldBe(new InsightOutcome.TooMany(TimeSpan.FromSeconds(57)));
        (await fixture.AskAsync("gladly")).ShouldBeOfType<InsightOutcome.Found>();
        fixture.Relay.Clock.Advance(TimeSpan.FromSeconds(57));
        (await fixture.AskAsync()).ShouldBeOfType<InsightOutcome.Found>();
    }

    [Fact]
    public async Task Question_leaves_a_line_with_connection_and_customer_and_no_personal_data()
    {
        using var fixture = new InsightFixture();

        await fixture.FindAsync();

        fixture.Relay.Logs.Lines.ShouldBe(["The card of connection kustomer asks for the insight of customer c1."]);
    }

    [Fact]
    public async Task Nothing_is_told_when_the_token_can_not_be_read()
    {
        using var fixture = new InsightFixture();
        await fixture.FindAsync();
        fixture.Relay.Configuration["Secrets:cardToken"] = "";

        (await fixture.AskAsync()).ShouldBe(new InsightOutcome.Unavailable("The card's token can't be read from the vault.", TimeSpan.FromSeconds(5)));
    }
}

using KlaviyoRelay.Core.Helpdesks;

namespace KlaviyoRelay.Tests.Helpdesks;

public sealed class FanOutTests
{
    public static TheoryData<string> Valid =>
    [
        "ann@shop.example",
        "Ann.Smith@Shop.Example",
        "ann+news@shop.example",
        "o'brien@shop.example",
        "a@b.co",
        "jörg@müller.example",
        "用户@例子.广告",
        "ann_1-2%3@sub.shop.example",
    ];

    public static TheoryData<string> Invalid =>
    [
        "",
        " ",
        "ann",
        "ann@",
        "@shop.example",
        "ann@shop",
        "ann@@shop.example",
        "ann@shop..example",
        "ann@.example",
        "ann smith@shop.example",
        "ann@shop example.com",
        "ann@shop.example, Bob <bob@shop.example>",
        "Ann <ann@shop.example> Bob <bob@shop.example>",
        "Ann <ann smith@shop.example>",
        "Ann <>",
        "''",
        "mailto:",
        "ann\ufffd@shop.example",
        "ann@shop.example\nbob",
        "ann@shop.example, bob@shop.example",
        "ann@shop.example;bob@shop.example",
        "ann@shop.example\r\nBcc: bob@shop.example",
        "mailto:ann@shop.example, x",
    ];

    [Theory]
    [MemberData(nameof(Valid))]
    public void Valid_email_is_picked_as_it_is(string email)
    {
        var plan = Plan(email);

        plan.Emails.ShouldBe([email]);
        plan.Invalid.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Invalid_email_is_left_out_and_counted(string email)
    {
        var plan = Plan(email);

        plan.Emails.ShouldBeEmpty();
        plan.Invalid.ShouldBe(1);
    }

    [Fact]
    public void Email_of_100_characters_is_picked_and_a_longer_one_is_not()
    {
        var longest = new string('a', 91) + "@shop.com";
        longest.Length.ShouldBe(100);

        Plan(longest).Emails.ShouldBe([longest]);
        Plan("a" + longest).Invalid.ShouldBe(1);
    }

    [Theory]
    [InlineData("\u200bann@shop.example\ufeff")]
    [InlineData("\ufeffann@shop.example")]
    [InlineData("ann\u200c@shop\u200d.example")]
    [InlineData("\u202aann@shop.example\u202c")]
    [InlineData("\u2066ann@shop.example\u2069")]
    [InlineData("ann@\u00adshop.example")]
    [InlineData("\u00a0ann@shop.example\u202f")]
    [InlineData("ann@shop.example\0")]
    [InlineData("Ann <ann@shop.example>")]
    [InlineData("<ann@shop.example>")]
    [InlineData("\"Ann\" <ann@shop.example>")]
    [InlineData("\"Smith, Ann\" <ann@shop.example>")]
    [InlineData("Smith, Ann <ann@shop.example>")]
    [InlineData("ann@shop.example <ann@shop.example>")]
    [InlineData("Ann <mailto:ann@shop.example>")]
    [InlineData("mailto:ann@shop.example")]
    [InlineData("MAILTO:ann%40shop.example?subject=Hello%20you")]
    [InlineData("'ann@shop.example'")]
    [InlineData("\"ann@shop.example\"")]
    [InlineData("\u201cann@shop.example\u201d")]
    [InlineData("'Ann' <'ann@shop.example'>;")]
    [InlineData("ann@shop.example;")]
    [InlineData("ann@shop.example, ")]
    public void Email_loses_what_is_written_around_it(string text)
    {
        var plan = Plan(text, "ANN@shop.example");

        plan.Emails.ShouldBe(["ann@shop.example"]);
        plan.Invalid.ShouldBe(0);
    }

    [Fact]
    public void Quoted_local_part_is_an_address() => Plan("\"ann.smith\"@shop.example").Emails.ShouldBe(["\"ann.smith\"@shop.example"]);

    [Fact]
    public void Emails_are_trimmed() => Plan(" ann@shop.example\t").Emails.ShouldBe(["ann@shop.example"]);

    [Fact]
    public void Emails_that_differ_in_case_or_white_space_get_one_event_in_the_first_spelling() =>
        Plan("Ann@shop.example", "bob@shop.example", "ann@SHOP.example ", "bob@shop.example").Emails.ShouldBe(["Ann@shop.example", "bob@shop.example"]);

    [Fact]
    public void Order_is_the_helpdesks() => Plan("c@s.example", "a@s.example", "b@s.example").Emails.ShouldBe(["c@s.example", "a@s.example", "b@s.example"]);

    [Fact]
    public void Valid_emails_are_picked_when_others_are_not()
    {
        var plan = Plan("nonsense", "ann@shop.example", "", "more nonsense");

        plan.Emails.ShouldBe(["ann@shop.example"]);
        plan.Invalid.ShouldBe(3);
    }

    [Theory]
    [InlineData(EmailRule.All, "first@s.example,second@s.example,third@s.example")]
    [InlineData(EmailRule.Primary, "second@s.example")]
    [InlineData(EmailRule.Verified, "second@s.example,third@s.example")]
    public void Rule_says_which_emails_are_picked(EmailRule rule, string expected)
    {
        var plan = FanOut.Plan(
            [
                new CustomerEmail("first@s.example", IsPrimary: false, IsVerified: false),
                new CustomerEmail("second@s.example", IsPrimary: true, IsVerified: true),
                new CustomerEmail("third@s.example", IsPrimary: false, IsVerified: true),
            ],
            rule);

        plan.Emails.ShouldBe(expected.Split(','));
        plan.Invalid.ShouldBe(0);
    }

    [Fact]
    public void Email_that_the_rule_does_not_pick_is_not_counted_as_invalid() =>
        FanOut.Plan([new CustomerEmail("nonsense", IsPrimary: false, IsVerified: false)], EmailRule.Primary).Invalid.ShouldBe(0);

    [Fact]
    public void Email_is_picked_when_its_repeat_is_the_one_that_the_rule_picks() =>
        FanOut.Plan(
            [
                new CustomerEmail("ann@s.example", IsPrimary: true, IsVerified: false),
                new CustomerEmail("ANN@s.example", IsPrimary: false, IsVerified: true),
            ],
            EmailRule.Verified).Emails.ShouldBe(["ANN@s.example"]);

    private static FanOutPlan Plan(params string[] emails) =>
        FanOut.Plan([.. emails.Select(email => new CustomerEmail(email, IsPrimary: false, IsVerified: false))], EmailRule.All);
}

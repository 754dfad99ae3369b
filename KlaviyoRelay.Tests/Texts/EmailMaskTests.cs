using KlaviyoRelay.Core.Texts;


namespace KlaviyoRelay.Tests.Texts;

public sealed class EmailMaskTests
{
    [Theory]
    [InlineData("ann@shop.com", "a•••@s•••.com")]
    [InlineData("ann@shop.example.com", "a•••@s•••.com")]
    [InlineData("ann.smith+news@mail.shop.co.uk", "a•••@m•••.uk")]
    [InlineData("a@b.co", "a•••@b•••.co")]
    [InlineData("ann@localhost", "a•••@l•••")]
    [InlineData("jörg@müller.example", "j•••@m•••.example")]
    [InlineData("用户@例子.广告", "用•••@例•••")]
    [InlineData("The email ann@shop.com is wrong.", "The email a•••@s•••.com is wrong.")]
    [InlineData("It is ann@shop.com.", "It is a•••@s•••.com.")]
    [InlineData("'ann@shop.com' \"bob@shop.com\" <eve@shop.com>", "'a•••@s•••.com' \"b•••@s•••.com\" <e•••@s•••.com>")]
    [InlineData("ann@shop.com,bob@shop.com;eve@shop.com", "a•••@s•••.com,b•••@s•••.com;e•••@s•••.com")]
    [InlineData("mailto:ann@shop.com", "mailto:a•••@s•••.com")]
    [InlineData("(ann@shop.com)", "(a•••@s•••.com)")]
    [InlineData("No email, only an @ sign.", "No email, only an @ sign.")]
    [InlineData("", "")]
    public void Email_is_masked_but_for_its_first_letters_and_its_top_level_domain(string text, string expected) => EmailMask.Apply(text).ShouldBe(expected);

    [Theory]
    [InlineData("+15555550123", "+•••23")]
    [InlineData("The phone number +4915112345678 is wrong.", "The phone number +•••78 is wrong.")]
    [InlineData("2026-01-15T14:02:11+01:00", "2026-01-15T14:02:11+01:00")]
    [InlineData("ann+15555550123@shop.com", "a•••@s•••.com")]
    public void Phone_number_is_masked_but_for_its_last_digits(string text, string expected) => EmailMask.Apply(text).ShouldBe(expected);

    [Fact]
    public void Long_text_without_emails_takes_no_time() => EmailMask.Apply(new string('a', 200_000)).Length.ShouldBe(200_000);
}

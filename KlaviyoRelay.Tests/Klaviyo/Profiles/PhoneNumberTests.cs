using KlaviyoRelay.Core.Klaviyo.Profiles;

namespace KlaviyoRelay.Tests.Klaviyo.Profiles;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("+15555550123")]
    [InlineData("+1 (555) 555-0123")]
    [InlineData("+1\u00a0555\u00a0555\u20110123")]
    [InlineData("+1\u202f555\u2009555\u20130123")]
    [InlineData("\u202a+15555550123\u202c")]
    [InlineData("\u2066+1 555\u2069 555 0123\u200b")]
    [InlineData("\ufeff+15555550123")]
    [InlineData("tel:+15555550123")]
    [InlineData("TEL: +1-555-555-0123")]
    [InlineData("tel:+1-555-555-0123;ext=7")]
    [InlineData("callto:+15555550123")]
    [InlineData("whatsapp:+15555550123")]
    [InlineData("0015555550123")]
    [InlineData("00 1 555 555 0123")]
    [InlineData("tel:0015555550123")]
    [InlineData("Tel.: 00 (1) 555 555-0123")]
    [InlineData("(00)1 555 555 0123")]
    [InlineData("\uff0b1 555 555 0123")]
    [InlineData("+1.555.555.0123")]
    [InlineData("+1 555 555 0123 ext. 7")]
    [InlineData("+1/555/555/0123\0")]
    public void Number_with_a_country_code_is_read_however_it_is_written(string text) => PhoneNumber.Parse(text).ShouldBe("+15555550123");

    [Theory]
    [InlineData("0049 30 123456", "+4930123456")]
    [InlineData("+49 (0)30 123456", "+4930123456")]
    [InlineData("+44 (0) 20 7946 0018", "+442079460018")]
    [InlineData("+39 06 1234 5678", "+390612345678")]
    public void Number_keeps_what_belongs_to_it(string text, string expected) => PhoneNumber.Parse(text).ShouldBe(expected);

    [Theory]
    [InlineData("(555) 555-0123", "US", "+15555550123")]
    [InlineData("555.555.0123", "us", "+15555550123")]
    [InlineData("030 123456", "DE", "+4930123456")]
    [InlineData("0044 20 7946 0018", "DE", "+442079460018")]
    [InlineData("+44 20 7946 0018", "US", "+442079460018")]
    [InlineData("555-0123", "US", null)]
    [InlineData("555.555.0123", null, null)]
    [InlineData("030 123456", "", null)]
    public void Number_without_a_country_code_is_of_the_region(string text, string? region, string? expected) => PhoneNumber.Parse(text, region).ShouldBe(expected);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("none")]
    [InlineData("+")]
    [InlineData("00")]
    [InlineData("+1")]
    [InlineData("+0123456789")]
    [InlineData("+1234567890123456789")]
    [InlineData("ann@shop.example")]
    public void Text_that_is_no_number_is_none(string? text) => PhoneNumber.Parse(text).ShouldBeNull();
}

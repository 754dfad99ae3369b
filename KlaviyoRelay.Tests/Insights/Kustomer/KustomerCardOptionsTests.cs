using KlaviyoRelay.Core.Insights.Kustomer;

namespace KlaviyoRelay.Tests.Insights.Kustomer;

public sealed class KustomerCardOptionsTests
{
    private readonly KustomerCardOptionsValidator _validator = new();

    [Fact]
    public void Defaults_are_kustomer_s() => _validator.Validate(null, new KustomerCardOptions()).Succeeded.ShouldBeTrue();

    [Theory]
    [InlineData("https://acme.kustomerapp.com")]
    [InlineData("https://*.kustomerapp.com,https://*.kustomer.support")]
    [InlineData("http://127.0.0.1:7080, http://localhost:7080")]
    public void Origins_may_frame_the_card(string ancestors) => _validator.Validate(null, new KustomerCardOptions { Ancestors = ancestors }).Succeeded.ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("https:")]
    [InlineData("https://*")]
    [InlineData("https://*.com")]
    [InlineData("http://acme.kustomerapp.com")]
    [InlineData("https://acme.kustomerapp.com/path")]
    [InlineData("https://acme.kustomerapp.com; script-src *")]
    [InlineData("https://acme.kustomerapp.com https://evil.test")]
    [InlineData("'self'")]
    [InlineData("data:")]
    public void Anything_else_stops_the_start_with_the_setting_s_name(string ancestors) =>
        _validator.Validate(null, new KustomerCardOptions { Ancestors = ancestors }).Failures.ShouldNotBeNull().ShouldHaveSingleItem().ShouldStartWith("KustomerCard__Ancestors is ");

    [Theory]
    [InlineData("http://cdn.kustomerapp.com/card.js")]
    [InlineData("card.js")]
    [InlineData("")]
    public void Sdk_without_a_safe_address_stops_the_start(string sdk) =>
        _validator.Validate(null, new KustomerCardOptions { Sdk = sdk }).Failures.ShouldNotBeNull().ShouldHaveSingleItem().ShouldStartWith("KustomerCard__Sdk is ");
}

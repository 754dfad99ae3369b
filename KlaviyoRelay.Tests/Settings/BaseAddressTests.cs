using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Tests.Settings;

public sealed class BaseAddressTests
{
    [Theory]
    [InlineData("https://acme.gladly.com", "https://acme.gladly.com/")]
    [InlineData("https://acme.gladly.com/", "https://acme.gladly.com/")]
    [InlineData("https://proxy.test/gladly", "https://proxy.test/gladly/")]
    [InlineData("http://127.0.0.1:7080/klaviyo", "http://127.0.0.1:7080/klaviyo/")]
    [InlineData("http://localhost:7080", "http://localhost:7080/")]
    [InlineData("http://[::1]:7080", "http://[::1]:7080/")]
    public void Address_is_taken_with_a_slash_at_its_end(string text, string expected) => BaseAddress.Parse(text)?.AbsoluteUri.ShouldBe(expected);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("acme.gladly.com")]
    [InlineData("/gladly")]
    [InlineData("http://acme.gladly.com")]
    [InlineData("http://localhost.evil.com")]
    [InlineData("http://0.0.0.0")]
    [InlineData("ftp://acme.gladly.com")]
    [InlineData("https://acme.gladly.com?a=b")]
    [InlineData("https://acme.gladly.com#a")]
    [InlineData("https://user:password@acme.gladly.com")]
    public void Address_is_refused_when_a_key_would_not_be_safe_there_or_a_path_could_not_be_added(string? text) => BaseAddress.Parse(text).ShouldBeNull();
}

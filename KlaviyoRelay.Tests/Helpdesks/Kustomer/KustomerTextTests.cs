using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Helpdesks.Kustomer;

namespace KlaviyoRelay.Tests.Helpdesks.Kustomer;

public sealed class KustomerTextTests
{
    [Theory]
    [InlineData(null, "https://acme.kustomerapp.com/app/customers/c/event/v")]
    [InlineData("globex", "https://globex.kustomerapp.com/app/customers/c/event/v")]
    [InlineData("acme/../evil", null)]
    [InlineData("evil.com#", null)]
    [InlineData("a b", null)]
    [InlineData("acme\n", null)]
    public void Link_is_made_of_the_organization_or_of_the_apis_host(string? orgName, string? expected) =>
        Link(TestSettings.Kustomer, orgName).ShouldBe(expected);

    [Theory]
    [InlineData("https://api.kustomerapp.com")]
    [InlineData("https://proxy.acme.test")]
    public void Link_is_missing_when_neither_event_nor_host_tells_the_organization(string baseAddress) => Link(baseAddress, orgName: null).ShouldBeNull();

    [Fact]
    public void Link_holds_ids_percent_encoded()
    {
        using var relay = new RelayFixture();

        KustomerText.Link(relay.Connection("kustomer"), "acme", "a/b?c", "d#e").ShouldBe("https://acme.kustomerapp.com/app/customers/a%2Fb%3Fc/event/d%23e");
    }

    [Theory]
    [InlineData(new[] { "email" }, "email")]
    [InlineData(new[] { "chat", "email" }, "chat, email")]
    [InlineData(new[] { "chat", null, " ", "sms" }, "chat, sms")]
    [InlineData(new string[0], null)]
    [InlineData(null, null)]
    public void Channels_are_joined(string?[]? channels, string? expected) => KustomerText.Channel(channels).ShouldBe(expected);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Subject_is_missing_when_it_is_blank(string? name) => KustomerText.Subject(name).ShouldBeNull();

    [Theory]
    [InlineData(0, "a", "a")]
    [InlineData(1, "ab", "a")]
    [InlineData(1, "😀😀", "")]
    [InlineData(2, "😀😀", "😀")]
    public void Subject_is_cut_at_the_longest_length_and_never_within_a_character(int before, string end, string kept)
    {
        var start = new string('a', ConversationEvent.MaxSubjectLength - Math.Max(before, 1));

        KustomerText.Subject(start + end).ShouldBe(start + kept);
    }

    private static string? Link(string baseAddress, string? orgName)
    {
        using var relay = new RelayFixture(("Relay__Connections__kustomer__Kustomer__BaseAddress", baseAddress));
        return KustomerText.Link(relay.Connection("kustomer"), orgName, "c", "v");
    }
}

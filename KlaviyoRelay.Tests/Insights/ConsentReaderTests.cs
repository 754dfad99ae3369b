using System.Text.Json;
using KlaviyoRelay.Core.Insights;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Profiles;

namespace KlaviyoRelay.Tests.Insights;

public sealed class ConsentReaderTests
{
    private static readonly DateTimeOffset Since = new(2023, 2, 21, 20, 7, 38, TimeSpan.Zero);

    [Theory]
    [InlineData("SUBSCRIBED", "subscribed")]
    [InlineData("UNSUBSCRIBED", "unsubscribed")]
    [InlineData("NEVER_SUBSCRIBED", "never-subscribed")]
    // A word that Klaviyo may add promises nothing.
    [InlineData("PENDING", "never-subscribed")]
    public void Consent_has_the_cards_word(string consent, string status) =>
        Consents($$$"""{"email":{"marketing":{"consent":"{{{consent}}}","can_receive_email_marketing":true} } }""").ShouldBe([new ChannelConsent("email", status, CanReceive: true, Since: null)]);

    [Fact]
    public void Consent_is_told_for_each_channel_that_klaviyo_tells()
    {
        var consents = Consents("""
            {
              "email":{"marketing":{"consent":"SUBSCRIBED","can_receive_email_marketing":false,"consent_timestamp":"2023-02-21T20:07:38+00:00"}},
              "sms":{"marketing":{"consent":"UNSUBSCRIBED","can_receive_sms_marketing":false,"consent_timestamp":"2023-02-21T22:07:38.000000+02:00"}},
              "mobile_push":{"marketing":{"consent":"SUBSCRIBED","can_receive_push_marketing":true,"consent_timestamp":"2023-02-21T20:07:38.000000"}}
            }
            """);

        consents.ShouldBe([new("email", "subscribed", false, Since), new("sms", "unsubscribed", false, Since), new("push", "subscribed", true, Since)]);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"email":null,"sms":{"marketing":null}}""")]
    public void Nothing_is_told_of_a_channel_that_klaviyo_leaves_out(string subscriptions)
    {
        Consents(subscriptions).ShouldBeEmpty();
        ConsentReader.Suppressions(Of(subscriptions)).ShouldBeEmpty();
    }

    [Fact]
    public void Suppressions_are_those_of_the_profile_and_not_those_of_single_lists() => ConsentReader.Suppressions(Of("""
        {"email":{"marketing":{
          "suppression":[{"reason":"USER_SUPPRESSED","timestamp":"2023-02-21T20:07:38+00:00"},{"reason":"HARD_BOUNCE","timestamp":null},{"reason":null}],
          "list_suppressions":[{"list_id":"L1","reason":"UNSUBSCRIBE","timestamp":"2023-02-21T20:07:38+00:00"}]}}}
        """)).ShouldBe([new ChannelSuppression("email", "USER_SUPPRESSED", Since), new ChannelSuppression("email", "HARD_BOUNCE", null)]);

    private static IReadOnlyList<ChannelConsent> Consents(string subscriptions) => ConsentReader.Consents(Of(subscriptions));

    private static ProfileSubscriptions? Of(string subscriptions) => JsonSerializer.Deserialize(
        $$"""{"data":[{"id":"P1","attributes":{"subscriptions":{{subscriptions}}} }]}""", KlaviyoResourcesJsonContext.Default.KlaviyoPageConsentedProfileAttributes)?.Data?[0]?.Attributes?.Subscriptions;
}

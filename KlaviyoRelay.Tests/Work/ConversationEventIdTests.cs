using System.Security.Cryptography;
using System.Text;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Klaviyo.Events;

namespace KlaviyoRelay.Tests.Work;

public sealed class ConversationEventIdTests
{
    [Fact]
    public void Id_never_changes_between_versions()
    {
        // A change here makes Klaviyo record every event that is repeated across the update twice.
        ConversationEventId.Of("gladly", "gladly/Opened", "c1", "o1").ShouldBe("bd29bb9fe2a2442823fd3881e2edd1bcad4d8b54");
        UniqueId.ForEmail("e1", "ann@shop.example").ShouldBe("8efc2ba9e5e552b251ba69fb8cdf4de8b61741c3");
    }

    [Theory]
    [InlineData("gladly", "gladly/Opened", "aa6f5a1455ffd1cb90d4db685c547ed69243b4a2", "f1c9791a8746c0299468c7534c0fd0f956c62ad3")]
    [InlineData("gladly", "gladly/Closed", "9d650037be005b8cd7f99c4a4eb2ae3b394873c9", "5860e7e7d09f9c6c30ed63e0b7affc19715ccfba")]
    [InlineData("gladly", "gladly/Reopened", "91755c89a5cbb87755a8e2e7a751a929dda24d9c", "7671a579f4553c6603af52b4c24b9cc07b176980")]
    [InlineData("kustomer", "kustomer/Opened", "5e773199924e0033b65d244066e2e35c03650e32", "391d1d2ac78421d37883a731344c9fe0144c94ef")]
    [InlineData("kustomer", "kustomer/Closed", "a7825080a8c994fa9fa60117c30fcbf533ea8ebe", "a9aca55d0186956f422b2129f8004c4c4ebd75d5")]
    public void Ids_of_webhooks_are_those_that_earlier_versions_recorded(string connection, string kind, string eventId, string uniqueId)
    {
        var id = ConversationEventId.Of(connection, kind, "conversation-7", "event-7");

        id.ShouldBe(eventId);
        UniqueId.ForEmail(id, "Ann@shop.example").ShouldBe(uniqueId);
    }

    [Theory]
    [InlineData("created", "4e0189b1b108498a8483101ba26c852bbb86738c")]
    [InlineData("solved", "891b70afaf62a64620ae68612e29e48311a793ca")]
    public async Task Ids_of_a_generic_helpdesk_are_those_that_earlier_versions_recorded(string what, string eventId)
    {
        using var relay = new RelayFixture(DeskWebhookBuilder.Settings());

        await relay.ReceiveAsync(WebhookRequestBuilder.Desk(new DeskWebhookBuilder().Of(what).Build()));

        relay.Queue.Fresh.ShouldHaveSingleItem().MessageId.ShouldBe(eventId);
    }

    [Fact]
    public void Id_is_40_lowercase_hex_characters() => ConversationEventId.Of("a", "b", "c", "d").ShouldMatch("^[0-9a-f]{40}\\z");

    [Fact]
    public void Id_differs_by_each_part()
    {
        string[] ids =
        [
            ConversationEventId.Of("a", "b", "c", "d"),
            ConversationEventId.Of("x", "b", "c", "d"),
            ConversationEventId.Of("a", "x", "c", "d"),
            ConversationEventId.Of("a", "b", "x", "d"),
            ConversationEventId.Of("a", "b", "c", "x"),
        ];

        ids.ShouldBeUnique();
    }

    [Theory]
    [InlineData("ab", "c", "d", "e", "a", "bc", "d", "e")]
    [InlineData("a", "b", "cd", "", "a", "b", "c", "d")]
    [InlineData("a", "b", "", "cd", "a", "b", "cd", "")]
    [InlineData("a/b", "c", "d", "e", "a", "b/c", "d", "e")]
    [InlineData("a", "b", "c", "D", "a", "b", "c", "d")]
    public void Id_differs_when_the_parts_are_split_or_written_differently(string a1, string b1, string c1, string d1, string a2, string b2, string c2, string d2) =>
        ConversationEventId.Of(a1, b1, c1, d1).ShouldNotBe(ConversationEventId.Of(a2, b2, c2, d2));

    [Fact]
    public void Id_of_an_email_is_the_same_in_any_case() =>
        UniqueId.ForEmail("e1", "Ann@Shop.EXAMPLE").ShouldBe(UniqueId.ForEmail("e1", "ann@shop.example"));

    [Theory]
    [InlineData("ann@shop.example", 1)]
    [InlineData("Ann@Shop.EXAMPLE", 1)]
    [InlineData("ÄNN@shop.example", 1)]
    [InlineData("\u212Aim@shop.example", 1)]
    [InlineData("ann@shop.example", 40)]
    public void Id_of_an_email_is_the_hash_of_event_and_lowered_email_with_their_lengths(string email, int repeated)
    {
        var longer = string.Concat(Enumerable.Repeat(email, repeated));
        byte[] text = [.. Part("e1"), .. Part(longer.ToLowerInvariant())];

        UniqueId.ForEmail("e1", longer).ShouldBe(Convert.ToHexStringLower(SHA256.HashData(text))[..40]);

        static byte[] Part(string part) => [.. BitConverter.GetBytes(Encoding.UTF8.GetByteCount(part)), .. Encoding.UTF8.GetBytes(part)];
    }

    [Fact]
    public void Id_of_an_email_differs_by_event_and_by_email()
    {
        string[] ids =
        [
            UniqueId.ForEmail("e1", "ann@shop.example"),
            UniqueId.ForEmail("e2", "ann@shop.example"),
            UniqueId.ForEmail("e1", "bob@shop.example"),
            UniqueId.ForEmail("e1a", "nn@shop.example"),
        ];

        ids.ShouldBeUnique();
    }
}

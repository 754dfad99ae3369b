using System.Text;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Helpdesks.Generic;
using KlaviyoRelay.Core.Texts;

namespace KlaviyoRelay.Tests.Helpdesks.Generic;

/// <summary>Texts as templates and people make them, before anything compares or sends them.</summary>
public sealed class GenericTextTests
{
    private static readonly (string, string?)[] Brands =
    [
        ("Generic__Brand", "/ticket/site"),
        ("Generic__Html", "true"),
        ("Brands__sons__Ids", "\"Acme, Sons & Daughters\",Acme & Sons"),
        ("Brands__sons__Account", "ignore"),
    ];

    [Theory]
    [InlineData("Acme & Sons", true)]
    [InlineData("Acme &amp; Sons", true)]
    [InlineData("Acme&nbsp;&amp;&#160;Sons", true)]
    [InlineData("<b>Acme</b> &#38; Sons", true)]
    [InlineData("\u200bAcme & Sons\ufeff", true)]
    [InlineData("Acme, Sons &amp; Daughters", true)]
    [InlineData("Acme &amp;amp; Sons", false)]
    [InlineData("Acme", false)]
    public void Brand_is_compared_as_a_person_reads_it(string brand, bool isListed) =>
        Translate(new DeskWebhookBuilder().With("ticket.site", brand), Brands).ShouldBeOfType(isListed ? typeof(Translation.Ignored) : typeof(Translation.Translated));

    [Fact]
    public void Brand_that_the_settings_name_as_it_comes_is_still_found() =>
        Translate(new DeskWebhookBuilder().With("ticket.site", "Acme &amp; Co"), [.. Brands, ("Brands__sons__Ids", "Acme &amp; Co")]).ShouldBe(Translation.Ignored.Brand);

    [Theory]
    [InlineData("Fish &amp; chips &lt;b&gt;", "Fish & chips <b>")]
    [InlineData("<p>Where is my order?</p>", "Where is my order?")]
    [InlineData("<p class=\"a\">Where is</p><br/>my order?", "Where is my order?")]
    [InlineData("1 < 2 and 3 > 2", "1 < 2 and 3 > 2")]
    [InlineData("&#8220;Hi&#8221; &copy;", "\u201cHi\u201d \u00a9")]
    [InlineData("<p></p>", null)]
    [InlineData("a&#0;b", "ab")]
    public void Subject_is_decoded_once(string subject, string? expected)
    {
        var happened = Event(new DeskWebhookBuilder().With("ticket.title", subject), ("Generic__Html", "true"));

        VisibleText.Of(happened.Subject ?? "").Replace("  ", " ", StringComparison.Ordinal).ShouldBe(expected ?? "");
    }

    [Fact]
    public void Text_that_no_template_made_is_left_alone() => Event(new DeskWebhookBuilder().With("ticket.title", "&amp; <b>")).Subject.ShouldBe("&amp; <b>");

    [Theory]
    [InlineData("o&#39;brien@shop.example", "o'brien@shop.example")]
    [InlineData("Jane <jane@x.com>", "Jane <jane@x.com>")]
    public void Email_is_decoded_and_its_angle_brackets_are_no_tag(string email, string expected) =>
        Translate(new DeskWebhookBuilder().With("customer.email", email), ("Generic__Html", "true")).ShouldBeOfType<Translation.Translated>()
            .Customer.ShouldNotBeNull().Emails.ShouldHaveSingleItem().Address.ShouldBe(expected);

    [Fact]
    public void Kind_is_found_in_what_can_be_seen() => Event(new DeskWebhookBuilder().Of(" \ufeffsolved\u200b")).Kind.ShouldBe(ConversationEventKind.Closed);

    [Fact]
    public void Text_that_stands_for_nothing_is_missing()
    {
        (string, string?) empty = ("Generic__Empty", "None,\"N/A, sorry\"");

        Event(new DeskWebhookBuilder().With("ticket.title", "None"), empty).Subject.ShouldBeNull();
        Event(new DeskWebhookBuilder().With("ticket.title", "N/A, sorry"), empty).Subject.ShouldBeNull();
        Event(new DeskWebhookBuilder().With("ticket.title", "None of it"), empty).Subject.ShouldBe("None of it");
        Translate(new DeskWebhookBuilder().With("ticket.id", "None"), empty).ShouldBeOfType<Translation.Malformed>().Field.ShouldBe("/ticket/id");
    }

    [Theory]
    [InlineData("/a or /ticket/title", "Where is my order?")]
    [InlineData("/ticket/title or /ticket/via", "Where is my order?")]
    [InlineData("/customer or /ticket/via", "chat")]
    [InlineData("/a or /b", null)]
    public void First_pointer_that_finds_something_counts(string setting, string? expected) =>
        Event(new DeskWebhookBuilder(), ("Generic__Subject", setting)).Subject.ShouldBe(expected);

    [Theory]
    [InlineData("user", "ann@shop.example")]
    [InlineData("Lead", "ann@shop.example")]
    [InlineData("admin", null)]
    [InlineData(null, null)]
    public void Pointer_with_a_condition_finds_what_stands_beside_its_value(string? type, string? expected) =>
        Translate(new DeskWebhookBuilder().With("customer.type", type), ("Generic__Emails", "/customer/email?type=user|lead")).ShouldBeOfType<Translation.Translated>()
            .Customer.ShouldNotBeNull().Emails.Select(email => email.Address).ShouldBe(expected is null ? [] : [expected]);

    [Fact]
    public void Condition_is_looked_at_for_each_element() =>
        Translate(
            new DeskWebhookBuilder().WithJson("customer.email", """[{"type":"admin","email":"amy@acme.example"},{"type":"user","email":"ann@shop.example"}]"""),
            ("Generic__Emails", "/customer/email/*/email?type=user")).ShouldBeOfType<Translation.Translated>()
            .Customer.ShouldNotBeNull().Emails.ShouldHaveSingleItem().Address.ShouldBe("ann@shop.example");

    private static ConversationEvent Event(DeskWebhookBuilder webhook, params (string Name, string? Value)[] settings) =>
        Translate(webhook, settings).ShouldBeOfType<Translation.Translated>().Events.ShouldHaveSingleItem();

    private static Translation Translate(DeskWebhookBuilder webhook, params (string Name, string? Value)[] settings)
    {
        using var relay = new RelayFixture(DeskWebhookBuilder.Settings([.. settings.GroupBy(setting => setting.Name).Select(group => group.Last())]));
        return new GenericAdapter(relay.Clock).Translate(relay.Connection("desk"), Encoding.UTF8.GetBytes(webhook.Build()));
    }
}

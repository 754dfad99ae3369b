namespace KlaviyoRelay.Tests.Helpdesks.Generic;

/// <summary>A mapping that could never match stops the start with a line that names the field.</summary>
public sealed class GenericSettingsTests
{
    private const string Desk = "Relay__Connections__desk__";
    private const string EmailsExpected = "a JSON Pointer such as /customer/email, or /customer/emails/*/address for every element of an array.";

    /// <summary>A setting of a connection without preset, its wrong value (null: missing) and the line about it.</summary>
    public static TheoryData<string, string?, string> Wrong => new()
    {
        { "Generic__Preset", "zendsk", "Generic__Preset is 'zendsk': it should be one of zendesk, gorgias, intercom, freshdesk, standard, or left out." },
        { "Generic__Preset", "Zendesk", "Generic__Preset is 'Zendesk': it should be one of zendesk, gorgias, intercom, freshdesk, standard, or left out." },
        { "Generic__Emails", "customer.email", $"Generic__Emails is 'customer.email': it should be {EmailsExpected}" },
        { "Generic__Emails", "/a/*/b/*", $"Generic__Emails is '/a/*/b/*': it should be {EmailsExpected}" },
        { "Generic__Emails", null, $"Generic__Emails is missing: it should be {EmailsExpected}" },
        { "Generic__Kind", null, "Generic__Kind is missing: it should be a JSON Pointer such as /event, or several separated by commas." },
        { "Generic__Kind", "/what,status", "Generic__Kind is '/what,status': it should be a JSON Pointer such as /event, or several separated by commas." },
        { "Generic__EventId", "id", "Generic__EventId is 'id': it should be a JSON Pointer such as /event, a header such as header:X-Event-Id, or several separated by commas." },
        { "Generic__EventId", "/id,header:", "Generic__EventId is '/id,header:': it should be a JSON Pointer such as /event, a header such as header:X-Event-Id, or several separated by commas." },
        { "Generic__EventId", "header:X Id", "Generic__EventId is 'header:X Id': it should be a JSON Pointer such as /event, a header such as header:X-Event-Id, or several separated by commas." },
        { "Generic__PhoneRegion", "Germany", "Generic__PhoneRegion is 'Germany': it should be a country's two letters, such as US, or left out." },
        { "Generic__PhoneRegion", "XX", "Generic__PhoneRegion is 'XX': it should be a country's two letters, such as US, or left out." },
        { "Generic__Html", "maybe", "Generic__Html is 'maybe': it should be a true or false value." },
        { "Generic__Subject", "/a or b", "Generic__Subject is '/a or b': it should be a JSON Pointer such as /ticket/id." },
        { "Generic__ConversationId", null, "Generic__ConversationId is missing: it should be a JSON Pointer such as /ticket/id." },
        { "Generic__ConversationId", "/tickets/*/id", "Generic__ConversationId is '/tickets/*/id': it should be a JSON Pointer such as /ticket/id." },
        { "Generic__OccurredAt", "at", "Generic__OccurredAt is 'at': it should be a JSON Pointer such as /ticket/id." },
        { "Generic__OccurredAt", null, "Generic__OccurredAt is missing: it should be a JSON Pointer such as /ticket/id at the time, or EventId set: without both, two happenings in a conversation can't be told apart." },
        { "Generic__Phone", "phone", "Generic__Phone is 'phone': it should be a JSON Pointer such as /ticket/id." },
        { "Generic__Link", "desk.example.com/{conversationId}", "Generic__Link is 'desk.example.com/{conversationId}': it should be a JSON Pointer such as /ticket/url, or an address such as https://acme.zendesk.com/agent/tickets/{conversationId}." },
        { "Generic__Link", "https://desk.example.com", "Generic__Link is 'https://desk.example.com': it should be a JSON Pointer such as /ticket/url, or an address such as https://acme.zendesk.com/agent/tickets/{conversationId}." },
        { "Generic__Link", "https://desk.example.com/{ticketId}", "Generic__Link is 'https://desk.example.com/{ticketId}': it should be a JSON Pointer such as /ticket/url, or an address such as https://acme.zendesk.com/agent/tickets/{conversationId}." },
        { "Generic__Ratings", "bad=0,good=5", "Generic__Ratings is 'bad=0,good=5': it should be ratings with the number from 1 to 5 that each means, such as bad=1,good=5 or 0..6=1,7..8=3,9..10=5." },
        { "Generic__Ratings", "bad", "Generic__Ratings is 'bad': it should be ratings with the number from 1 to 5 that each means, such as bad=1,good=5 or 0..6=1,7..8=3,9..10=5." },
        { "Generic__Ratings", "6..0=1", "Generic__Ratings is '6..0=1': it should be ratings with the number from 1 to 5 that each means, such as bad=1,good=5 or 0..6=1,7..8=3,9..10=5." },
        { "Generic__Ratings", "\"Good, I am satisfied=5", "Generic__Ratings is '\"Good, I am satisfied=5': it should be ratings with the number from 1 to 5 that each means, such as bad=1,good=5 or 0..6=1,7..8=3,9..10=5." },
        { "Generic__Rating", null, "Generic__Rating is missing: it should be a JSON Pointer such as /ticket/id at the rating, because Kinds__Rated or RatingIsEvent asks for one." },
        { "Generic__RatingIsEvent", "sometimes", "Generic__RatingIsEvent is 'sometimes': it should be a true or false value." },
        { "Generic__Kinds__Closed", "solved,New", "Generic__Kinds__Closed is 'solved,New': it should be without 'New', which Kinds__Opened has." },
        { "Generic__Kinds__Closed", "solved,Solved", "Generic__Kinds__Closed is 'solved,Solved': it should be without 'Solved', which Kinds__Closed has." },
        { "Generic__EmailVerified", "/customer/emails/*/verified", "Generic__EmailVerified is '/customer/emails/*/verified': it should be a JSON Pointer into the same array as Emails, such as /customer/emails/*/verified beside /customer/emails/*/address." },
        { "Emails", "verified", $"Emails is 'verified': it should be all or primary, or {Desk}Generic__EmailVerified set, which says where a webhook marks emails as verified." },
        { "Brands__us__Ids", "acme-us", "Brands__us__Account is missing: it should be one of main, or a new Relay__Accounts__{name}__PrivateKeySecret, or ignore." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Wrong_setting_stops_the_start_with_the_field_named(string setting, string? value, string line) =>
        Errors(DeskWebhookBuilder.Settings(("Generic__Brand", "/ticket/site"), (setting, value))).ShouldBe([Desk + line]);

    [Fact]
    public void Kinds_are_needed() =>
        Errors(DeskWebhookBuilder.Settings(("Generic__Kinds__Opened", " "), ("Generic__Kinds__Closed", ","), ("Generic__Kinds__Rated", null)))
            .ShouldBe([$"{Desk}Generic__Kinds__Opened is missing: it should be the values of Kind that mean a new conversation, separated by commas; Kinds__Closed, Kinds__Reopened and Kinds__Rated likewise, and at least one of them."]);

    [Fact]
    public void Kinds_hold_as_many_parts_as_there_are_pointers_to_the_kind() =>
        Errors(DeskWebhookBuilder.Settings(("Generic__Kind", "/what,/ticket/status"), ("Generic__Kinds__Closed", "updated+closed,update+a+b,closed")))
            .ShouldBe(
            [
                $"{Desk}Generic__Kinds__Opened is 'created, new': it should be values of 2 parts joined with '+', because Kind has 2 pointers: 'created' can't match.",
                $"{Desk}Generic__Kinds__Closed is 'updated+closed,update+a+b,closed': it should be values of 2 parts joined with '+', because Kind has 2 pointers: 'closed' can't match.",
                $"{Desk}Generic__Kinds__Rated is 'rated': it should be values of 2 parts joined with '+', because Kind has 2 pointers: 'rated' can't match.",
            ]);

    [Fact]
    public void Kinds_of_a_preset_go_with_its_kind() =>
        Errors(TestSettings.Desk("gorgias", ("Generic__Kind", "/status"), ("Generic__Kinds__Closed", "closed")))
            .ShouldBe([$"{Desk}Generic__Kinds__Opened is 'ticket-created+open': it should be set together with Kind, whose one pointer does not find 'ticket-created+open' of the preset."]);

    [Fact]
    public void Kind_of_one_pointer_may_hold_a_plus() =>
        Errors(DeskWebhookBuilder.Settings(("Generic__Kinds__Closed", "solved+closed"))).ShouldBeEmpty();

    [Fact]
    public void Phone_number_can_not_be_used_where_profiles_may_not_be_created() =>
        Errors(DeskWebhookBuilder.Settings(("Generic__Phone", "/customer/phone"), ("CreateProfiles", "false")))
            .ShouldBe([$"{Desk}Generic__Phone is '/customer/phone': it should be left out, or {Desk}CreateProfiles true: whether Klaviyo has a profile is not asked by phone number."]);

    [Fact]
    public void Pointer_to_the_brand_is_needed_when_there_are_brands() =>
        Errors(DeskWebhookBuilder.Settings(("Brands__us__Ids", "acme-us"), ("Brands__us__Account", "main")))
            .ShouldBe([$"{Desk}Generic__Brand is missing: it should be a JSON Pointer such as /ticket/brand, because Brands are set."]);

    [Fact]
    public void Name_has_room_for_the_rest_of_a_metrics_name() =>
        Errors(DeskWebhookBuilder.Settings(("Generic__Name", new string('n', 101))))
            .ShouldBe([$"{Desk}Generic__Name is '{new string('n', 101)}': it should be a name of 1 to 100 characters."]);

    [Theory]
    [InlineData("zendesk")]
    [InlineData("gorgias")]
    [InlineData("intercom")]
    [InlineData("freshdesk")]
    [InlineData("standard")]
    public void Preset_needs_no_other_setting(string preset) => Errors(TestSettings.Desk(preset)).ShouldBeEmpty();

    [Fact]
    public void Preset_with_an_empty_required_field_is_refused() =>
        Errors(TestSettings.Desk("zendesk", ("Generic__Emails", ""))).ShouldBe([$"{Desk}Generic__Emails is missing: it should be {EmailsExpected}"]);

    private static IReadOnlyList<string> Errors((string Name, string? Value)[] settings) => SettingsCheck.Errors(TestSettings.With(settings));
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Helpdesks.Kustomer;
using KlaviyoRelay.Simulator.Helpdesks;

namespace KlaviyoRelay.Tests.Helpdesks.Kustomer;

/// <summary>Which webhooks about customers are relayed, and what of them.</summary>
public sealed class CustomerWebhookTests
{
    private const string Setting = "Relay__Connections__kustomer__Kustomer__";

    private static readonly Customer Jane = Support.KustomerCustomers.Jane;

    [Fact]
    public void Customer_is_translated_field_by_field_without_shared_emails_and_attributes_that_are_not_mapped()
    {
        var change = Changed(Jane);

        (change.Connection, change.Account, change.CustomerId, change.Rev).ShouldBe(("kustomer", "main", Support.KustomerCustomers.Id, 1));
        var profile = change.Profile.ShouldNotBeNull();
        profile.Fields.ShouldBe(
            new Dictionary<string, string?>
            {
                ["email"] = "jane@shop.example",
                ["phone_number"] = "+15555550123",
                ["first_name"] = "Jane",
                ["last_name"] = "Doe",
                ["locale"] = "en-US",
                ["organization"] = "Acme",
            },
            ignoreOrder: true);
        profile.Properties.ToDictionary(pair => pair.Key, pair => pair.Value.GetRawText()).ShouldBe(new Dictionary<string, string> { ["Loyalty tier"] = "\"gold\"", ["pointsNum"] = "7" }, ignoreOrder: true);
    }

    [Theory]
    [InlineData("primary", "jane@shop.example")]
    [InlineData("verified", "jane@work.example")]
    public void Email_is_the_first_that_the_rule_of_the_connection_picks(string rule, string email) =>
        Changed(Jane, ("Relay__Connections__kustomer__Emails", rule)).Profile.ShouldNotBeNull().Identifier.ShouldBe(email);

    [Fact]
    public void External_id_goes_only_where_the_connection_names_it() =>
        Changed(Jane, (Setting + "CustomerFields", "externalId")).Profile.ShouldNotBeNull().Fields.ShouldBe(new Dictionary<string, string?> { ["external_id"] = "crm-10427" });

    public static TheoryData<string, bool> Updates => new()
    {
        { """{"lastActivityAt":{"op":"replace","before":"a","after":"b"},"rev":{"op":"replace","before":1,"after":2}}""", false },
        { """{"sharedEmails":{"op":"replace","before":[],"after":[]}}""", false },
        { """{"externalId":{"op":"replace","before":"a","after":"b"}}""", false },
        { """{"custom":{"op":"replace","before":{"noteTxt":"a","pointsNum":7},"after":{"noteTxt":"b","pointsNum":7}}}""", false },
        { """{"custom":{"op":"replace","before":{"pointsNum":6},"after":{"pointsNum":7}}}""", true },
        { """{"custom":{"op":"add","after":{"noteTxt":"b"}}}""", true },
        { """{"custom.pointsNum":{"op":"replace","before":6,"after":7}}""", true },
        { """{"custom.noteTxt":{"op":"replace","before":"a","after":"b"}}""", false },
        { """{"emails":{"op":"replace","before":[],"after":[]}}""", true },
        { """{"lastName":{"op":"remove","before":"Dow"}}""", true },
        { "{}", false },
        { "null", true },
    };

    [Theory]
    [MemberData(nameof(Updates))]
    public void Update_is_relayed_only_when_something_that_is_mapped_changed(string changes, bool isRelayed) =>
        (Translate(With(webhook => webhook["changes"] = new JsonObject { ["attributes"] = JsonNode.Parse(changes) }, Jane.Then(customer => customer))) is Translation.Changed).ShouldBe(isRelayed);

    [Fact]
    public void Update_without_changes_counts_as_changed() => Translate(With(webhook => webhook.Remove("changes"), Jane.Then(customer => customer))).ShouldBeOfType<Translation.Changed>();

    [Fact]
    public void Simulated_update_of_a_mapped_attribute_is_relayed_and_of_another_not()
    {
        Translate(Jane.Custom("""{"loyaltyTierStr":"silver","pointsNum":7,"noteTxt":"private"}""").Webhook()).ShouldBeOfType<Translation.Changed>();
        Translate(Jane.Custom("""{"loyaltyTierStr":"gold","pointsNum":7,"noteTxt":"other"}""").Webhook()).ShouldBeOfType<Translation.Ignored>();
    }

    [Fact]
    public void Nothing_is_sent_of_a_customer_who_is_deleted_has_no_identifier_or_is_not_mapped()
    {
        Translate((Jane with { Fields = Jane.Fields with { IsDeleted = true } }).Webhook()).ShouldBeOfType<Translation.Ignored>();
        Translate((Jane with { Emails = [new("shared@shop.example", Shared: true)], Fields = new() }).Webhook()).ShouldBeOfType<Translation.Ignored>();
        Translate(Jane.Webhook(), (Setting + "CustomerFields", null), (Setting + "CustomerProperties", null)).ShouldBeOfType<Translation.Ignored>();
        Translate(Jane.Webhook(), ("Relay__Connections__kustomer__Account", "ignore"), ("Relay__Connections__kustomer__Brands__a__Ids", "b1"), ("Relay__Connections__kustomer__Brands__a__Account", "main"))
            .ShouldBeOfType<Translation.Ignored>();
    }

    [Theory]
    [InlineData("leave", null)]
    [InlineData("clear", JsonValueKind.Null)]
    public void Attribute_without_a_value_is_left_or_cleared(string nulls, JsonValueKind? kind)
    {
        var profile = Changed(Jane with { Fields = Jane.Fields with { CompanyName = null, Custom = """{"loyaltyTierStr":" "}"""u8.ToArray() } }, (Setting + "CustomerNulls", nulls)).Profile.ShouldNotBeNull();

        profile.Fields.ContainsKey("organization").ShouldBe(kind is not null);
        profile.Properties.ContainsKey("Loyalty tier").ShouldBe(kind is not null);
        (profile.Properties.TryGetValue("pointsNum", out var points) ? points.ValueKind : (JsonValueKind?)null).ShouldBe(kind);
    }

    [Fact]
    public void Profile_that_is_too_long_for_a_message_is_left_to_the_look_up() =>
        Changed(Jane with { Fields = Jane.Fields with { Custom = Encoding.UTF8.GetBytes($$"""{"loyaltyTierStr":"{{new string('x', 9000)}}"}""") } }).Profile.ShouldBeNull();

    [Theory]
    [InlineData("data.attributes.rev")]
    [InlineData("data.id")]
    [InlineData("createdAt")]
    public void Customer_without_what_orders_and_names_it_is_malformed(string path)
    {
        var webhook = With(
            json =>
            {
                var steps = path.Split('.');
                var parent = steps.SkipLast(1).Aggregate(json, (node, step) => node[step].ShouldBeOfType<JsonObject>());
                parent.Remove(steps[^1]);
            },
            Jane);

        Translate(webhook).ShouldBeOfType<Translation.Malformed>().Field.ShouldBe(path);
    }

    [Theory]
    [InlineData("CustomerFields", "email,fax", "CustomerFields is 'email,fax': it should be some of email, phone, name, locale, organization, externalId, separated by commas.")]
    [InlineData("CustomerFields", "name", "CustomerFields is 'name': it should be with email, phone or externalId among them: a profile needs an identifier.")]
    [InlineData("CustomerFields", null, "CustomerFields is missing: it should be with email, phone or externalId among them: a profile needs an identifier.")]
    [InlineData("CustomerProperties", "loyaltyTier", "CustomerProperties is 'loyaltyTier': it should be the API's name of a custom attribute, which ends with its type: Str, Num, Bool, At, Url, Txt, Tree.")]
    [InlineData("CustomerProperties", "aStr=x,bStr=x", "CustomerProperties is 'aStr=x,bStr=x': it should be different properties: 'x' is named twice.")]
    [InlineData("CustomerNulls", "keep", "CustomerNulls is 'keep': it should be leave or clear.")]
    [InlineData("CustomerPhoneRegion", "USA", "CustomerPhoneRegion is 'USA': it should be a country by its two letters, such as US.")]
    public void Wrong_setting_stops_the_start(string name, string? value, string line) =>
        SettingsCheck.Errors(TestSettings.With([.. Support.KustomerCustomers.Settings.Where(setting => setting.Name != Setting + name), (Setting + name, value)])).ShouldBe([Setting + line]);

    private static CustomerChange Changed(Customer customer, params (string Name, string? Value)[] settings) => Translate(customer.Webhook(), settings).ShouldBeOfType<Translation.Changed>().Change;

    private static Translation Translate(string body, params (string Name, string? Value)[] settings)
    {
        using var relay = new RelayFixture([.. Support.KustomerCustomers.Settings, .. settings]);
        return new KustomerAdapter().Translate(relay.Connection("kustomer"), Encoding.UTF8.GetBytes(body));
    }

    private static string With(Action<JsonObject> change, Customer customer)
    {
        var webhook = JsonNode.Parse(customer.Webhook()).ShouldBeOfType<JsonObject>();
        change(webhook);
        return webhook.ToJsonString();
    }
}

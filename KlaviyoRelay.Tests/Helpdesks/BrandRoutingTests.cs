using System.Text.Json.Nodes;
using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Tests.Conversations.Recovery;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.Helpdesks;

/// <summary>One webhook connection, several Klaviyo accounts.</summary>
public sealed class BrandRoutingTests
{
    private const string Inbox = "content.context.assignee.inboxId";
    private const string Brand = "data.relationships.brand.data.id";
    private const string Site = "ticket.site";

    /// <summary>The brand's id in the webhook (null: none) and the account that the event goes to (null: it is ignored).</summary>
    public static TheoryData<string?, string?> Brands => new()
    {
        { "NFpDZtfqhk2pI6fjaVDlFf", "second" },
        { "_b-9.x", "second" },
        { "spam-inbox", null },
        { "nfpdztfqhk2pi6fjavdlff", "main" },
        { "another", "main" },
        { "", "main" },
        { null, "main" },
    };

    [Theory]
    [MemberData(nameof(Brands))]
    public async Task Gladly_inbox_chooses_the_account(string? id, string? account)
    {
        using var relay = Relay("gladly");
        ShouldGoTo(relay, await relay.ReceiveAsync(new GladlyWebhookBuilder().With(Inbox, id)), account);
    }

    [Theory]
    [InlineData("content.context")]
    [InlineData("content.context.assignee")]
    public async Task Gladly_event_without_its_context_goes_to_the_default_account(string part)
    {
        using var relay = Relay("gladly");

        ShouldGoTo(relay, await relay.ReceiveAsync(new GladlyWebhookBuilder().Without(part)), "main");
        ShouldGoTo(relay, await relay.ReceiveAsync(new GladlyWebhookBuilder().With(part, (JsonNode?)null)), "main");
    }

    [Theory]
    [MemberData(nameof(Brands))]
    public async Task Kustomer_brand_chooses_the_account(string? id, string? account)
    {
        using var relay = Relay("kustomer");
        ShouldGoTo(relay, await relay.ReceiveAsync(new KustomerWebhookBuilder().With(Brand, id)), account);
        ShouldGoTo(relay, await relay.ReceiveAsync(new KustomerWebhookBuilder().Closed().With(Brand, id)), account);
    }

    [Theory]
    [MemberData(nameof(Brands))]
    public async Task Mapped_brand_chooses_the_account(string? id, string? account)
    {
        using var relay = new RelayFixture([.. DeskWebhookBuilder.Settings(("Generic__Brand", "/ticket/site"), ("Generic__Link", null)), .. Settings("desk")]);
        ShouldGoTo(relay, await relay.ReceiveAsync(WebhookRequestBuilder.Desk(new DeskWebhookBuilder().With(Site, id).Build())), account);
    }

    [Theory]
    [InlineData("another", true)]
    [InlineData("_b-9.x", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public async Task Brand_that_no_setting_names_is_logged_without_its_id(string? id, bool isLogged)
    {
        using var gladly = Relay("gladly");
        using var kustomer = Relay("kustomer");
        using var desk = new RelayFixture([.. DeskWebhookBuilder.Settings(("Generic__Brand", "/ticket/site"), ("Generic__Link", null)), .. Settings("desk")]);

        await gladly.ReceiveAsync(new GladlyWebhookBuilder().With(Inbox, id));
        await kustomer.ReceiveAsync(new KustomerWebhookBuilder().With(Brand, id));
        await desk.ReceiveAsync(WebhookRequestBuilder.Desk(new DeskWebhookBuilder().With(Site, id).Build()));

        foreach (var (relay, name) in new[] { (gladly, "gladly"), (kustomer, "kustomer"), (desk, "desk") })
        {
            relay.Logs.At(LogLevel.Debug).Contains($"A webhook on connection {name} names a brand that none of its Brands has: its events go to the connection's Account.").ShouldBe(isLogged, name);
            relay.Logs.Lines.ShouldAllBe(line => !line.Contains("another"));
        }
    }

    [Fact]
    public async Task Brand_is_nothing_to_log_where_there_are_no_brands()
    {
        using var relay = new RelayFixture();

        await relay.ReceiveAsync(new GladlyWebhookBuilder().With(Inbox, "another"));

        relay.Logs.Lines.ShouldAllBe(line => !line.Contains("brand"));
    }

    [Fact]
    public async Task Event_reaches_klaviyo_with_its_accounts_key()
    {
        using var relay = Relay("gladly");
        relay.Gladly.Knows(GladlyWebhookBuilder.CustomerId, "ann@shop.example");
        relay.Klaviyo.AcceptsEvents();

        await relay.RelayAsync(new GladlyWebhookBuilder());

        relay.Klaviyo.EventRequests().ShouldHaveSingleItem().Headers["Authorization"].ShouldBe("Klaviyo-API-Key pk_second");
    }

    [Fact]
    public async Task Ids_stay_when_a_connection_gets_brands()
    {
        using var before = new RelayFixture();
        using var after = Relay("gladly");

        await before.ReceiveAsync(new GladlyWebhookBuilder());
        await after.ReceiveAsync(new GladlyWebhookBuilder());

        after.Queue.Fresh[0].MessageId.ShouldBe(before.Queue.Fresh[0].MessageId);
        (before.Queue.Fresh[0].SessionId, after.Queue.Fresh[0].SessionId).ShouldBe(("main", "second"));
    }

    [Fact]
    public async Task Default_may_be_ignored_so_that_only_the_brands_are_relayed()
    {
        using var relay = Relay("gladly", ("Relay__Connections__gladly__Account", "ignore"));

        ShouldGoTo(relay, await relay.ReceiveAsync(new GladlyWebhookBuilder()), "second");
        ShouldGoTo(relay, await relay.ReceiveAsync(new GladlyWebhookBuilder().With(Inbox, "another")), null);
        relay.Connection("gladly").Accounts.ShouldBe(["second"]);
    }

    [Fact]
    public async Task Malformed_webhook_is_malformed_whatever_its_brand()
    {
        using var relay = Relay("gladly");

        (await relay.ReceiveAsync(new GladlyWebhookBuilder().With(Inbox, "spam-inbox").Without("content.customerId"))).ShouldBeOfType<WebhookOutcome.Malformed>();
    }

    [Fact]
    public async Task Recovered_event_goes_where_its_webhook_would_have_gone()
    {
        static string WithInbox(string id, string inbox) =>
            RecoveryFixture.Event(id).Replace("\"content\":{", $$"""
                "content":{"context":{"assignee":{"inboxId":"{{inbox}}"} },
                """, StringComparison.Ordinal).ReplaceLineEndings("");
        using var relay = new RecoveryFixture(
            [
                ("Relay:Accounts:second:PrivateKeySecret", "secret"),
                ("Relay:Connections:gladly:Brands:eu:Ids", "inbox-eu"), ("Relay:Connections:gladly:Brands:eu:Account", "second"),
                ("Relay:Connections:gladly:Brands:spam:Ids", "inbox-spam"), ("Relay:Connections:gladly:Brands:spam:Account", "ignore"),
            ],
            "gladly")
        {
            Gladly = _ => RecoveryFixture.Lines(WithInbox("one", "inbox-eu"), WithInbox("two", "inbox-spam"), WithInbox("three", "inbox-us"), RecoveryFixture.Event("four")),
        };

        await relay.RecoverAsync(TestContext.Current.CancellationToken);

        relay.Queued.Select(message => message.SessionId).ShouldBe(["second", "main", "main"]);
    }

    [Theory]
    [InlineData("Account", "ignore", "Account is 'ignore': it should be one of main, or a new Relay__Accounts__{name}__PrivateKeySecret.")]
    [InlineData("Brands__eu__Account", "second", "Brands__eu__Account is 'second': it should be one of main, or a new Relay__Accounts__{name}__PrivateKeySecret, or ignore.")]
    [InlineData("Brands__eu__Account", "Ignore", "Brands__eu__Account is 'Ignore': it should be one of main, or a new Relay__Accounts__{name}__PrivateKeySecret, or ignore.")]
    [InlineData("Brands__EU__Account", "main", "Brands__EU is 'EU': it should be named with 1 to 32 of a-z, 0-9 and _.")]
    [InlineData("Brands__eu__Ids", "a,b,a", "Brands__eu__Ids is 'a,b,a': it should be with 'a' only once.")]
    [InlineData("Brands__eu__Ids", " , ", "Brands__eu__Ids is missing: it should be the helpdesk's ids of the brand, separated by commas.")]
    public void Wrong_setting_stops_the_start(string setting, string value, string line)
    {
        var brand = setting.StartsWith("Brands__", StringComparison.Ordinal) ? setting.Split("__")[1] : null;
        (string, string?)[] complete = brand is null ? [] : [($"Relay__Connections__gladly__Brands__{brand}__Ids", "a"), ($"Relay__Connections__gladly__Brands__{brand}__Account", "main")];

        SettingsCheck.Errors(TestSettings.With([.. complete, ($"Relay__Connections__gladly__{setting}", value)])).ShouldBe([$"Relay__Connections__gladly__{line}"]);
    }

    [Fact]
    public void Id_of_two_brands_stops_the_start() =>
        SettingsCheck.Errors(TestSettings.With(
            ("Relay__Connections__gladly__Brands__eu__Ids", "a,b"), ("Relay__Connections__gladly__Brands__eu__Account", "main"),
            ("Relay__Connections__gladly__Brands__us__Ids", "c,b"), ("Relay__Connections__gladly__Brands__us__Account", "ignore")))
            .ShouldBe(["Relay__Connections__gladly__Brands__us__Ids is 'c,b': it should be without 'b', which the brand eu has."]);

    [Fact]
    public void Account_may_not_be_named_ignore() =>
        SettingsCheck.Errors(TestSettings.With(("Relay__Accounts__ignore__PrivateKeySecret", "klaviyoKey")))
            .ShouldBe(["Relay__Accounts__ignore is 'ignore': it should be named otherwise: where an account is asked for, ignore stands for none."]);

    private static void ShouldGoTo(RelayFixture relay, WebhookOutcome outcome, string? account)
    {
        if (account is null)
        {
            outcome.ShouldBe(new WebhookOutcome.Ignored("The connection ignores this brand."));
            return;
        }

        outcome.ShouldBeOfType<WebhookOutcome.Accepted>();
        relay.Queue.Fresh[^1].SessionId.ShouldBe(account);
        relay.Queue.Fresh[^1].Body.ShouldContain($"\"account\":\"{account}\"");
    }

    private static RelayFixture Relay(string connection, params (string Name, string? Value)[] differences) => new([.. Settings(connection), .. differences]);

    private static (string Name, string? Value)[] Settings(string connection) =>
    [
        ("Relay__Accounts__second__PrivateKeySecret", "secondKey"),
        ("Secrets__secondKey", "pk_second"),
        ($"Relay__Connections__{connection}__Brands__eu__Ids", "NFpDZtfqhk2pI6fjaVDlFf, _b-9.x"),
        ($"Relay__Connections__{connection}__Brands__eu__Account", "second"),
        ($"Relay__Connections__{connection}__Brands__spam__Ids", "spam-inbox"),
        ($"Relay__Connections__{connection}__Brands__spam__Account", "ignore"),
    ];
}

using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.Campaigns;

/// <summary>What a draft is made of, and what is refused before anything is made.</summary>
public sealed class MakeCampaignTests : CampaignTest
{
    [Fact]
    public async Task Draft_leaves_customers_in_conversation_out_and_tells_how_many_get_it()
    {
        await SeedAccountAsync();

        var made = await MakeAsync(Request());

        made.Status.ShouldBe(201, $"{made.Json}");
        made.Text("status").ShouldBe("draft");
        made.Text("link").ShouldBe($"https://www.klaviyo.com/campaign/{made.Text("id")}/wizard");
        made.Json.GetProperty("excluded").EnumerateArray().Select(one => one.GetProperty("name").GetString())
            .ShouldBe(["In conversation with support (gladly)", "In conversation with support (kustomer)"]);
        $"{made.Json.GetProperty("recipients")}".Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings("").ShouldBe("""{"before":3,"inConversation":1,"after":2,"isEstimated":true}""");
        var campaign = (await CampaignsAsync()).ShouldHaveSingleItem();
        $"{campaign["name"]}".ShouldMatch(@"^Winter sale \[kr-[0-9a-f]{12}\]$");
        $"{campaign["template"]}".ShouldBe("T1");
    }

    [Fact]
    public async Task Recipients_are_bounded_by_sizes_when_klaviyo_never_estimates()
    {
        await SeedAccountAsync();
        await SeedAsync("/settings", """{"estimates":false}""");

        var made = await MakeAsync(Request());

        $"{made.Json.GetProperty("recipients")}".Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings("").ShouldBe("""{"before":3,"inConversation":1,"after":3,"isEstimated":false}""");
    }

    [Fact]
    public async Task Customers_in_conversation_get_it_only_when_that_is_said()
    {
        await SeedAccountAsync();

        var made = await MakeAsync(Request(("withoutExclusion", true)));

        made.Json.GetProperty("excluded").GetArrayLength().ShouldBe(0);
        made.Json.GetProperty("warnings")[0].GetString().ShouldBe("Customers in conversation get it too.");
    }

    [Fact]
    public async Task Account_without_the_segments_is_told_to_make_them()
    {
        await SeedAccountAsync(hasSegments: false);

        var refused = await MakeAsync(Request());

        refused.Status.ShouldBe(422);
        refused.Text("detail").ShouldNotBeNull().ShouldStartWith("The Klaviyo account has no segment 'In conversation with support (gladly)', which keeps customers in conversation out: run `relay segments create --account main`, or say withoutExclusion to mail them too.");
        refused.Text("field").ShouldBe("withoutExclusion");
        await NothingIsMadeAsync();
    }

    [Theory]
    [InlineData("sendAt", "2026-07-20T09:59:00Z", "sendAt is in the past: 2026-07-20T09:59:00+00:00. Klaviyo would send at once.")]
    [InlineData("sendAt", "2026-07-21T09:00:00", "sendAt has no offset: write 2026-12-01T09:00:00Z or 2026-12-01T10:00:00+01:00, or say inRecipientTimezone.")]
    [InlineData("sendAt", "soon", "sendAt is no time: it should be a time such as 2026-12-01T09:00:00Z.")]
    [InlineData("sendAt", null, "sendAt is missing: it should be a time such as 2026-12-01T09:00:00Z.")]
    [InlineData("templateId", "T9", "There is no template 'T9' in the Klaviyo account: its id is in the address of Klaviyo's template editor.")]
    [InlineData("templateId", null, "There is no content, or two: give the id of a template as templateId, or content of your own as html (and text).")]
    [InlineData("html", "<p>Hi</p>", "There is no content, or two: give the id of a template as templateId, or content of your own as html (and text).")]
    [InlineData("name", " ", "name is missing: it should have 1 to 150 characters.")]
    [InlineData("subject", null, "subject is missing: it is what recipients read first.")]
    [InlineData("replyTo", "nobody", "replyTo is no email address.")]
    public async Task Request_is_refused_in_plain_words_before_anything_is_made(string field, string? value, string expected)
    {
        await SeedAccountAsync();

        var refused = await MakeAsync(Request((field, value)));

        refused.Status.ShouldBe(422);
        refused.Text("detail").ShouldBe(expected);
        await NothingIsMadeAsync();
    }

    [Theory]
    [InlineData("""{"included":["Gone"]}""", "There is no list or segment 'Gone' in the Klaviyo account (any more): `relay campaigns audiences --account` lists those there are.")]
    [InlineData("""{"included":[]}""", "There is no audience: audiences.included should name at least one list or segment, by name or id.")]
    [InlineData("""{"included":["L1"],"excluded":["newsletter"]}""", "'Newsletter' is both included and excluded: it would get nothing.")]
    public async Task Audience_is_refused_in_plain_words_before_anything_is_made(string audiences, string expected)
    {
        await SeedAccountAsync();

        var refused = await MakeAsync(Request(("audiences", JsonNode.Parse(audiences))));

        refused.Text("detail").ShouldBe(expected);
        await NothingIsMadeAsync();
    }

    [Fact]
    public async Task Name_that_several_have_is_refused_with_their_ids()
    {
        await SeedAccountAsync();
        await SeedAsync("/klaviyo/lists", $$"""[{"key":"{{Account}}","id":"L3","name":"Newsletter"}]""");

        (await MakeAsync(Request())).Text("detail").ShouldBe("'Newsletter' is the name of several: say which by its id, one of L1 (list), L3 (list).");
    }

    // A misspelt exclusion would mail people.
    [Fact]
    public async Task Member_that_is_not_known_is_refused()
    {
        await SeedAccountAsync();

        var refused = await MakeAsync(Request(("audiences", new JsonObject { ["included"] = new JsonArray("L1"), ["exclude"] = new JsonArray("L2") })));

        refused.Status.ShouldBe(422);
        refused.Text("detail").ShouldBe("The body has a member that is not known (docs/campaigns.md has them all).");
        refused.Text("field").ShouldBe("audiences.exclude");
    }

    [Fact]
    public async Task Sender_of_another_domain_is_klaviyos_to_refuse_with_its_pointer()
    {
        await SeedAccountAsync();

        var refused = await MakeAsync(Request(("from", new JsonObject { ["email"] = "news@elsewhere.com" }), ("templateId", null), ("html", "<p>Hi</p>")));

        refused.Status.ShouldBe(422);
        refused.Text("detail").ShouldNotBeNull().ShouldStartWith("Sender not authorized: allow the address in Klaviyo, Settings, Email, sender and domains");
        refused.Text("field").ShouldBe("/data/attributes/campaign-messages/data/0/attributes/definition/content/from_email");
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task Content_of_ones_own_becomes_a_template_that_is_deleted_after_use()
    {
        await SeedAccountAsync();

        await MakeAndGetIdAsync(("templateId", null), ("html", "<p>Hi</p>"), ("text", "Hi"));

        (await CampaignsAsync()).ShouldHaveSingleItem()["template"].ShouldNotBeNull();
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task Time_can_be_that_on_each_recipients_clock()
    {
        await SeedAccountAsync();

        var made = await MakeAsync(Request(("sendAt", "2026-07-20T12:00:00"), ("inRecipientTimezone", true)));

        made.Json.GetProperty("inRecipientTimezone").GetBoolean().ShouldBeTrue();
        made.Json.GetProperty("warnings")[0].GetString().ShouldBe("On some recipients' clocks the time has passed: they don't get it.");
    }

    [Fact]
    public async Task Key_that_is_revoked_is_called_invalid()
    {
        await SeedAccountAsync();
        await SeedAsync("/keys", $$"""{"key":"{{Account}}","state":"revoked"}""");

        var refused = await MakeAsync(Request());

        (refused.Status, refused.Text("detail")).ShouldBe((502, "Invalid API key: create a new private key in Klaviyo, Settings, API keys, and store it in the secret 'klaviyoKey'."));
    }

    [Fact]
    public async Task Scope_that_is_missing_is_named()
    {
        await SeedAccountAsync();
        await SeedAsync("/keys", $$"""{"key":"{{Account}}","scopes":["accounts:read","lists:read","segments:read","templates:read","campaigns:read"]}""");

        var refused = await MakeAsync(Request());

        refused.Status.ShouldBe(502);
        refused.Text("detail").ShouldNotBeNull().ShouldStartWith("Scopes insufficient: the key lacks campaigns:write.");
    }

    [Fact]
    public async Task Campaigns_are_off_until_the_setting_allows_them()
    {
        Set(("Relay__Accounts__main__CampaignsEnabled", null));

        var refused = await MakeAsync(Request());

        (refused.Status, refused.Text("detail")).ShouldBe((403, "Campaigns are off for this account: set Relay__Accounts__main__CampaignsEnabled to true (docs/campaigns.md)."));
    }

    [Fact]
    public async Task Campaigns_use_a_key_of_their_own_where_there_is_one()
    {
        Set(("Relay__Accounts__main__CampaignsKeySecret", "campaignsKey"), ("Secrets__campaignsKey", "pk_campaigns"));
        await SeedAccountAsync();
        await SeedAsync("/keys", $$"""{"key":"{{Account}}","state":"revoked"}""");
        await SeedAsync("/keys", $$"""{"key":"pk_campaigns","sameAccountAs":"{{Account}}"}""");

        (await MakeAsync(Request())).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Log_has_a_line_with_ids_and_nothing_personal()
    {
        await SeedAccountAsync();

        var id = await MakeAndGetIdAsync();

        Logs.Lines.ShouldContain(line => line.Contains($"Campaign {id} of account main was made", StringComparison.Ordinal));
        Logs.Lines.ShouldAllBe(line => !line.Contains("Warm things", StringComparison.Ordinal) && !line.Contains("klaviyo-demo.com", StringComparison.Ordinal));
    }

    private async Task NothingIsMadeAsync()
    {
        (await RequestsAsync("POST /klaviyo/api/campaigns")).ShouldBe(0);
        (await RequestsAsync("POST /klaviyo/api/templates")).ShouldBe(0);
    }

    /// <summary>No template but the account's own.</summary>
    private async Task NothingIsLeftAsync() => Items(await KlaviyoAsync(HttpMethod.Get, "/api/templates", key: Account)).Select(Id).ShouldBe(["T1"]);
}

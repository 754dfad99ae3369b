using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.Simulator;

/// <summary>What Klaviyo tells of one profile: consent, lists, segments, events, and the campaigns of messages.</summary>
public sealed class InsightsTests : RecordsTest
{
    private const string Sample = "pk_simulator_0000000000000000000000";

    [Fact]
    public async Task Profile_search_tells_subscriptions_when_they_are_asked_for()
    {
        await SeedAsync("/klaviyo/profiles", $$$"""[{"key":"{{{Key}}}","email":"jane@klaviyo-demo.com","subscriptions":{"email":{"marketing":{"consent":"SUBSCRIBED"} } } },{"key":"{{{Key}}}","email":"john@klaviyo-demo.com"}]""");

        var profiles = Items(await GetAsync("/api/profiles?additional-fields[profile]=subscriptions&fields[profile]=email")).ToList();

        Attribute(profiles[0], "subscriptions")?["email"]?["marketing"]?["consent"]?.GetValue<string>().ShouldBe("SUBSCRIBED");
        Attribute(profiles[1], "subscriptions")?["email"]?["marketing"]?["consent"]?.GetValue<string>().ShouldBe("NEVER_SUBSCRIBED");
        Attribute(Items(await GetAsync("/api/profiles")).First(), "subscriptions").ShouldBeNull();
    }

    [Fact]
    public async Task Lists_and_segments_of_a_profile_are_those_it_is_in()
    {
        await SeedAsync("/klaviyo/lists", $$"""[{"key":"{{Key}}","id":"L1","name":"Newsletter"},{"key":"{{Key}}","id":"L2","name":"Other"}]""");
        await SeedAsync("/klaviyo/segments", $$$"""[{"key":"{{{Key}}}","id":"S1","name":"VIP","definition":{"condition_groups":[]}}]""");
        await SeedAsync("/klaviyo/profiles", $$"""[{"key":"{{Key}}","email":"jane@klaviyo-demo.com","lists":["L1"],"segments":["S1"]}]""");
        var id = await ProfileAsync();

        Names(await GetAsync($"/api/profiles/{id}/lists?fields[list]=name")).ShouldBe(["Newsletter"]);
        Names(await GetAsync($"/api/profiles/{id}/segments?fields[segment]=name")).ShouldBe(["VIP"]);
        (await GetAsync("/api/profiles/nobody/lists")).Status.ShouldBe(404);
        // Neither has pages.
        (await GetAsync($"/api/profiles/{id}/lists?page[size]=10")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Segment_of_a_profile_has_to_be_there() =>
        (await ControlAsync(HttpMethod.Post, "/klaviyo/profiles", $$"""[{"key":"{{Key}}","email":"jane@klaviyo-demo.com","segments":["S9"]}]""")).Status.ShouldBe(400);

    [Fact]
    public async Task Events_of_a_profile_are_those_that_were_recorded_and_those_that_the_control_api_wrote()
    {
        (await PostEventAsync(EventBodies.Single("jane@klaviyo-demo.com"))).Status.ShouldBe(202);
        await SeedAsync("/klaviyo/events", $$"""[{"key":"{{Key}}","email":"jane@klaviyo-demo.com","metric":"Received Email","at":"2020-01-01T00:00:00Z","message":"M1","flow":"F1","campaign":"Welcome","subject":"Hi"}]""");
        await SeedAsync("/klaviyo/profiles", $$"""[{"key":"{{Key}}","email":"john@klaviyo-demo.com"}]""");

        var answer = await GetAsync($"/api/events?filter=equals(profile_id,\"{await ProfileAsync()}\")&sort=-datetime&include=metric&page[size]=200&fields[event]=datetime,event_properties&fields[metric]=name");

        answer.Status.ShouldBe(200, answer.Text);
        var events = Items(answer).ToList();
        events.Count.ShouldBe(2);
        Attribute(events[1], "event_properties")?.ToJsonString().ShouldBe("""{"$message":"M1","$flow":"F1","Campaign Name":"Welcome","Subject":"Hi"}""");
        var metric = events[1]["relationships"]?["metric"]?["data"]?["id"]?.GetValue<string>();
        answer.Json["included"]?.AsArray().Single(one => one?["id"]?.GetValue<string>() == metric)?["attributes"]?["name"]?.GetValue<string>().ShouldBe("Received Email");
        // What only the control API wrote is no event that the relay sent.
        (await RecordedAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData("?filter=equals(email,\"jane@klaviyo-demo.com\")")]
    [InlineData("?filter=equals(profile_id,\"P\")&include=profile")]
    [InlineData("?filter=equals(profile_id,\"P\")&sort=name")]
    [InlineData("?filter=equals(profile_id,\"P\")&page[size]=1001")]
    public async Task Events_are_refused_when_they_are_asked_for_otherwise(string query) => (await GetAsync($"/api/events{query}")).Status.ShouldBe(400);

    [Fact]
    public async Task Campaign_of_a_message_is_found_and_a_message_without_one_is_not()
    {
        await SeedAsync("/klaviyo/campaigns", $$"""[{"key":"{{Key}}","id":"C1","name":"Sale","included":["L1"],"messages":["M1"]}]""");

        var found = await GetAsync("/api/campaign-messages/M1/campaign?fields[campaign]=name");

        (Id(found), Attribute(found, "name")?.GetValue<string>()).ShouldBe(("C1", "Sale"));
        (await GetAsync("/api/campaign-messages/M2/campaign")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Campaign_without_given_messages_has_one_which_it_is_found_by_and_which_it_sends()
    {
        await SeedAsync("/klaviyo/lists", $$"""[{"key":"{{Key}}","id":"L1","name":"Newsletter"}]""");
        await SeedAsync("/klaviyo/profiles", $$"""[{"key":"{{Key}}","email":"jane@klaviyo-demo.com","lists":["L1"]}]""");
        await SeedAsync("/klaviyo/campaigns", $$"""[{"key":"{{Key}}","id":"C1","name":"Sale","included":["L1"]}]""");
        await SeedAsync("/klaviyo/campaigns/send", $$"""[{"key":"{{Key}}","id":"C1"}]""");

        var message = Id(Items(await GetAsync("/api/campaigns/C1/campaign-messages")).ShouldHaveSingleItem());

        Id(await GetAsync($"/api/campaign-messages/{message}/campaign")).ShouldBe("C1");
        Attribute(await GetAsync("/api/campaigns/C1"), "status")?.GetValue<string>().ShouldBe("Sent");
        var events = await GetAsync($"/api/events?filter=equals(profile_id,\"{await ProfileAsync()}\")");
        Attribute(Items(events).ShouldHaveSingleItem(), "event_properties")?["$message"]?.GetValue<string>().ShouldBe(message);
    }

    [Theory]
    [InlineData("/api/profiles/{id}/lists", "lists:read", "profiles:read")]
    [InlineData("/api/profiles/{id}/segments", "segments:read", "profiles:read")]
    [InlineData("/api/events?filter=equals(profile_id,\"{id}\")", "events:read")]
    [InlineData("/api/campaign-messages/M1/campaign", "campaigns:read")]
    public async Task Each_part_needs_its_scopes(string path, params string[] scopes)
    {
        await SeedAsync("/klaviyo/profiles", $$"""[{"key":"{{Key}}","email":"jane@klaviyo-demo.com"}]""");
        var address = path.Replace("{id}", await ProfileAsync(), StringComparison.Ordinal);
        foreach (var missing in scopes)
        {
            string[] all = ["accounts:read", "profiles:read", "lists:read", "segments:read", "events:read", "campaigns:read"];
            await SeedAsync("/keys", new JsonObject { ["key"] = Key, ["scopes"] = new JsonArray([.. all.Where(scope => scope != missing).Select(scope => (JsonNode)scope)]) }.ToJsonString());

            (await GetAsync(address)).Status.ShouldBe(403, missing);
        }
    }

    [Fact]
    public async Task Sample_account_has_something_to_show_of_the_seeded_customers()
    {
        var answer = await KlaviyoAsync(HttpMethod.Get, "/api/profiles?filter=equals(email,\"jane@klaviyo-demo.com\")", key: Sample);
        var jane = Id(Items(answer).ShouldHaveSingleItem());

        Names(await KlaviyoAsync(HttpMethod.Get, $"/api/profiles/{jane}/lists", key: Sample)).ShouldBe(["Newsletter", "VIP early access"]);
        Names(await KlaviyoAsync(HttpMethod.Get, $"/api/profiles/{jane}/segments", key: Sample)).ShouldBe(["Loyal customers", "Engaged, last 30 days"]);
        Items(await KlaviyoAsync(HttpMethod.Get, $"/api/events?filter=equals(profile_id,\"{jane}\")", key: Sample)).Count().ShouldBe(9);
        Items(await GetAsync("/api/profiles")).ShouldBeEmpty();
        (await RecordedAsync()).ShouldBe(0);
    }

    private async Task<string> ProfileAsync() => Id(Items(await GetAsync("/api/profiles?filter=equals(email,\"jane@klaviyo-demo.com\")")).ShouldHaveSingleItem());

    private static IEnumerable<string?> Names(SimulatorAnswer answer) => Items(answer).Select(item => Attribute(item, "name")?.GetValue<string>());
}

using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.Simulator;

public sealed class RecordsControlTests : RecordsTest
{
    [Fact]
    public async Task Seeded_profiles_and_lists_are_there_at_once()
    {
        await SeedAsync("/klaviyo/lists", $$"""[{"key":"{{Key}}","id":"L1","name":"Newsletter"}]""");
        await SeedAsync("/klaviyo/profiles", $$"""[{"key":"{{Key}}","email":"jane@klaviyo-demo.com","phone":"+491701234567","externalId":"7","properties":{"tier":"gold"},"lists":["L1"]}]""");

        var profile = (await ReportAsync("/klaviyo/profiles?email=JANE@klaviyo-demo.com")).Single();

        profile?["account"]?.GetValue<string>().ShouldBe(Key[^4..]);
        profile?["phone_number"]?.GetValue<string>().ShouldBe("+491701234567");
        profile?["properties"]?.ToJsonString().ShouldBe("""{"tier":"gold"}""");
        profile?["lists"]?.ToJsonString().ShouldBe("""["L1"]""");
        (await ReportAsync("/klaviyo/lists"))[0]?["members"]?[0]?["email"]?.GetValue<string>().ShouldBe("jane@klaviyo-demo.com");
        (await AllAsync("/api/lists/L1/profiles")).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("/klaviyo/profiles", """[{"email":"jane@klaviyo-demo.com"}]""", "[0].key")]
    [InlineData("/klaviyo/profiles", """[{"key":"k"}]""", "[0].email")]
    [InlineData("/klaviyo/profiles", """[{"key":"k","email":"jane"}]""", "[0].email")]
    [InlineData("/klaviyo/profiles", """[{"key":"k","email":"jane@klaviyo-demo.com","lists":["L9"]}]""", "L9")]
    [InlineData("/klaviyo/lists", """[{"key":"k"}]""", "[0].name")]
    [InlineData("/klaviyo/flows", """[{"key":"k","name":"Welcome"}]""", "[0].list")]
    [InlineData("/settings", """{"imports":{"outcome":"lost"}}""", "imports.outcome")]
    [InlineData("/settings", """{"imports":{"profilesPerSecond":0}}""", "imports.profilesPerSecond")]
    public async Task Bad_input_is_refused_with_a_sentence_that_names_it(string path, string body, string named)
    {
        var answer = await ControlAsync(HttpMethod.Post, path, body);

        answer.Status.ShouldBe(400);
        answer.Json["error"]?.GetValue<string>().ShouldContain(named);
    }

    [Fact]
    public async Task Counts_tell_events_imports_and_members_apart()
    {
        await SetImportsAsync("""{"failing":"bad"}""");
        await SeedAsync("/klaviyo/lists", $$"""[{"key":"{{Key}}","id":"L1","name":"Newsletter"}]""");
        await PostEventAsync(EventBodies.Single());
        await AcceptAsync(ImportBodies.JobInto(["L1"], [.. ImportBodies.Numbered(2), ImportBodies.WithEmail("bad@klaviyo-demo.com")]));
        await AcceptAsync(ImportBodies.Job(ImportBodies.Numbered(1)));
        Clock.Advance(TimeSpan.FromMinutes(1));

        (await ReportAsync("/klaviyo/counts"))[0]?.ToJsonString().ShouldBe(
            """
            {"account":"7890","profiles":3,"events":{"started conversation in Gladly":1},
            "imports":{"jobs":2,"rows":4,"imported":3,"failed":1},"counted":{"rows":0,"profiles":0,"members":{}},"members":{"L1":2}}
            """.ReplaceLineEndings(""));
        var twice = (await ReportAsync("/klaviyo/profiles?email=c0@klaviyo-demo.com")).Single();
        ((int?)twice?["imports"]).ShouldBe(2);
        ((int?)twice?["events"]).ShouldBe(0);
        (await ReportAsync("/klaviyo/jobs")).Select(job => job?["status"]?.GetValue<string>()).ShouldBe(["complete", "complete"]);
    }

    [Fact]
    public async Task Imports_can_be_counted_without_their_profiles()
    {
        await SetImportsAsync("""{"keep":"counts","failing":"bad"}""");
        await SeedAsync("/klaviyo/lists", $$"""[{"key":"{{Key}}","id":"L1","name":"Newsletter"}]""");
        var job = await AcceptAsync(ImportBodies.JobInto(["L1"], [.. ImportBodies.Numbered(5), ImportBodies.WithEmail("bad@klaviyo-demo.com")]));
        await AcceptAsync(ImportBodies.Job(ImportBodies.Numbered(3)));
        Clock.Advance(TimeSpan.FromMinutes(1));

        var counts = (await ReportAsync("/klaviyo/counts"))[0];

        counts?["counted"]?.ToJsonString().ShouldBe("""{"rows":8,"profiles":5,"members":{"L1":5}}""");
        counts?["imports"]?.ToJsonString().ShouldBe("""{"jobs":2,"rows":9,"imported":8,"failed":1}""");
        ((int?)counts?["profiles"]).ShouldBe(0);
        Attribute(await GetAsync(job), "failed_count")?.GetValue<int>().ShouldBe(1);
        (await PostJobAsync(ImportBodies.Job(ImportBodies.WithEmail("nobody")))).Status.ShouldBe(400, "the checks are the same");
    }

    [Fact]
    public async Task Settings_of_imports_stay_unless_given()
    {
        await SetImportsAsync("""{"queuedMs":7,"phoneRegions":["+49"]}""");
        await SetImportsAsync("""{"keep":"counts"}""");

        (await ControlAsync(HttpMethod.Get, "/settings")).Json["imports"]?.ToJsonString().ShouldBe(
            """
            {"queuedMs":7,"profilesPerSecond":10000,"outcome":"run","failing":null,"phoneRegions":["\u002B49"],
            "badPhones":"refuse","mostErrors":0,"originalPayload":"flat","keep":"counts"}
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public async Task Reset_forgets_profiles_lists_and_jobs()
    {
        await CreateListAsync();
        await AcceptAsync(ImportBodies.Job(ImportBodies.Numbered(1)));

        await SeedAsync("/reset", "");

        (await ReportAsync("/klaviyo/counts")).ShouldBeEmpty();
        Items(await GetAsync("/api/lists")).ShouldBeEmpty();
        Items(await GetAsync(Jobs)).ShouldBeEmpty();
    }

    private async Task<JsonArray> ReportAsync(string path) => (await ControlAsync(HttpMethod.Get, path)).Json.AsArray();
}

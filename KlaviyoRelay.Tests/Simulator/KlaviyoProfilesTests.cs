using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.Simulator;

public sealed class KlaviyoProfilesTests : SimulatorTest
{
    [Theory]
    [InlineData("equals(email,\"jane@klaviyo-demo.com\")", 1)]
    [InlineData("equals(email,'JANE@Klaviyo-Demo.com')", 1)]
    [InlineData("equals(email,\"nobody@klaviyo-demo.com\")", 0)]
    [InlineData("any(email,[\"jane@klaviyo-demo.com\",\"john@klaviyo-demo.com\",\"nobody@klaviyo-demo.com\"])", 2)]
    [InlineData("any(email,[\"jane@klaviyo-demo.com\", \"JANE@klaviyo-demo.com\"])", 1)]
    [InlineData("equals(email,\"plus+tag@klaviyo-demo.com\")", 1)]
    [InlineData("""equals(email,"\"q\"@klaviyo-demo.com")""", 1)]
    [InlineData("""equals(email,"\"q\\\\r\"@klaviyo-demo.com")""", 1)]
    public async Task Filter_finds_profiles_by_email(string filter, int found)
    {
        await CreateAsync("jane@klaviyo-demo.com", "john@klaviyo-demo.com", "plus+tag@klaviyo-demo.com", "\"q\"@klaviyo-demo.com", "\"q\\\\r\"@klaviyo-demo.com");

        var answer = await GetAsync($"filter={Uri.EscapeDataString(filter)}");

        answer.Status.ShouldBe(200, answer.Text);
        answer.Json["data"]?.AsArray().Count.ShouldBe(found);
    }

    [Fact]
    public async Task Filter_finds_a_profile_by_id()
    {
        await CreateAsync("jane@klaviyo-demo.com", "john@klaviyo-demo.com");
        var id = (await StateAsync())["profiles"]?[1]?["id"]?.GetValue<string>();

        var answer = await GetAsync($"filter=equals(id,\"{id}\")");

        Emails(answer).ShouldBe(["john@klaviyo-demo.com"]);
    }

    [Theory]
    [InlineData("email")]
    [InlineData("equals(email,jane@klaviyo-demo.com)")]
    [InlineData("equals(email,\"jane@klaviyo-demo.com\"")]
    [InlineData("equals(email,\"jane@klaviyo-demo.com\"),")]
    [InlineData("any(email,[])")]
    [InlineData("any(email,\"jane@klaviyo-demo.com\")")]
    [InlineData("contains(email,\"jane\")")]
    [InlineData("equals(first_name,\"Jane\")")]
    public async Task Filter_that_cannot_be_read_is_refused(string filter)
    {
        var answer = await GetAsync($"filter={Uri.EscapeDataString(filter)}");

        answer.Status.ShouldBe(400);
        answer.Error["source"]?["parameter"]?.GetValue<string>().ShouldBe("filter");
    }

    [Theory]
    [InlineData(100, 200)]
    [InlineData(101, 400)]
    public async Task Filter_takes_at_most_100_values(int values, int status)
    {
        var list = string.Join(',', Enumerable.Range(0, values).Select(i => $"\"c{i}@klaviyo-demo.com\""));

        (await GetAsync($"filter={Uri.EscapeDataString($"any(email,[{list}])")}")).Status.ShouldBe(status);
    }

    [Fact]
    public async Task Pages_follow_each_other_by_links_next()
    {
        await CreateAsync([.. Enumerable.Range(0, 25).Select(i => $"c{i:00}@klaviyo-demo.com")]);
        var seen = new List<string?>();
        var path = "/api/profiles?page[size]=10&fields[profile]=email";
        for (var pages = 0; pages < 3; pages++)
        {
            var answer = await KlaviyoAsync(HttpMethod.Get, path);
            seen.AddRange(Emails(answer));
            path = answer.Json["links"]?["next"]?.GetValue<string>() is { } next ? new Uri(next).PathAndQuery["/klaviyo".Length..] : "";
        }

        path.ShouldBeEmpty();
        seen.Distinct().Count().ShouldBe(25);
    }

    [Fact]
    public async Task Page_has_20_profiles_unless_asked_otherwise()
    {
        await CreateAsync([.. Enumerable.Range(0, 21).Select(i => $"c{i:00}@klaviyo-demo.com")]);

        var answer = await GetAsync("");

        answer.Json["data"]?.AsArray().Count.ShouldBe(20);
        answer.Json["links"]?["next"]?.GetValue<string>().ShouldStartWith($"{Address}klaviyo/api/profiles?page");
    }

    [Fact]
    public async Task Sparse_fields_leave_the_rest_out()
    {
        await CreateAsync("jane@klaviyo-demo.com");

        var answer = await GetAsync("fields[profile]=email,properties");

        answer.Json["data"]?[0]?["attributes"]?.ToJsonString()
            .ShouldBe("""{"email":"jane@klaviyo-demo.com","properties":{"In Gladly Conversation":true}}""");
    }

    [Theory]
    [InlineData("page_size=10", "page_size")]
    [InlineData("page[size]=0", "page[size]")]
    [InlineData("page[size]=101", "page[size]")]
    [InlineData("page[size]=ten", "page[size]")]
    [InlineData("page[cursor]=!!", "page[cursor]")]
    [InlineData("fields[profile]=nickname", "fields[profile]")]
    [InlineData("sort=email", "sort")]
    public async Task Parameter_that_is_unknown_or_out_of_range_is_refused(string query, string parameter)
    {
        var answer = await GetAsync(query);

        answer.Status.ShouldBe(400);
        answer.Error["source"]?["parameter"]?.GetValue<string>().ShouldBe(parameter);
    }

    private Task<SimulatorAnswer> GetAsync(string query) => KlaviyoAsync(HttpMethod.Get, $"/api/profiles?{query}");

    private static IEnumerable<string?> Emails(SimulatorAnswer answer) =>
        (answer.Json["data"] as JsonArray ?? []).Select(profile => profile?["attributes"]?["email"]?.GetValue<string>());

    private async Task CreateAsync(params string[] emails)
    {
        foreach (var email in emails)
        {
            (await PostEventAsync(EventBodies.Single(email))).Status.ShouldBe(202);
        }
    }
}

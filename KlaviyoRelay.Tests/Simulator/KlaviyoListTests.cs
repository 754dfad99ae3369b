using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.Simulator;

public sealed class KlaviyoListTests : RecordsTest
{
    [Fact]
    public async Task Lists_come_in_pages_of_10()
    {
        for (var i = 0; i < 12; i++)
        {
            await CreateListAsync($"List {i}");
        }

        Items(await GetAsync("/api/lists")).Count().ShouldBe(10);
        (await AllAsync("/api/lists")).Select(list => Attribute(list, "name")?.GetValue<string>()).Distinct().Count().ShouldBe(12);
        (await GetAsync("/api/lists?page[size]=11")).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("equals(name,\"VIP\")")]
    [InlineData("equals(name,['VIP'])")]
    [InlineData("any(name,[\"VIP\",\"nobody\"])")]
    public async Task List_is_found_by_name(string filter)
    {
        await CreateListAsync();
        var vip = await CreateListAsync("VIP");

        Items(await GetAsync($"/api/lists?filter={Uri.EscapeDataString(filter)}")).Select(Id).ShouldBe([vip]);
    }

    [Fact]
    public async Task List_is_read_by_id_and_an_unknown_one_is_not_found()
    {
        var list = await GetAsync($"/api/lists/{await CreateListAsync()}");

        Attribute(list, "name")?.GetValue<string>().ShouldBe("Customers");
        Attribute(list, "opt_in_process")?.GetValue<string>().ShouldBe("double_opt_in");
        (await GetAsync("/api/lists/NOLIST")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("""{"name":1}""", "/data/attributes/name")]
    [InlineData("""{}""", "/data/attributes/name")]
    [InlineData("""{"name":"x","opt_in_process":"none"}""", "/data/attributes/opt_in_process")]
    public async Task Wrong_list_is_refused(string attributes, string place)
    {
        var answer = await KlaviyoAsync(HttpMethod.Post, "/api/lists", JsonNode.Parse($$$"""{"data":{"type":"list","attributes":{{{attributes}}}}}"""));

        answer.Status.ShouldBe(400);
        answer.Source.ShouldBe(place);
    }

    [Fact]
    public async Task Members_are_added_and_removed_by_id_with_204()
    {
        var list = await CreateListAsync();
        var ids = await ProfilesAsync(3);

        var added = await ChangeAsync(HttpMethod.Post, list, ids);
        var again = await ChangeAsync(HttpMethod.Post, list, ids);
        var removed = await ChangeAsync(HttpMethod.Delete, list, [ids[1]]);

        (added.Status, again.Status, removed.Status).ShouldBe((204, 204, 204));
        (await AllAsync($"/api/lists/{list}/relationships/profiles")).Select(Id).ShouldBe([ids[0], ids[2]]);
    }

    [Fact]
    public async Task Pages_of_members_go_on_where_they_were_while_members_leave()
    {
        var list = await CreateListAsync();
        var ids = await ProfilesAsync(5);
        await ChangeAsync(HttpMethod.Post, list, ids);
        var first = await GetAsync($"/api/lists/{list}/profiles?page[size]=2");

        await ChangeAsync(HttpMethod.Delete, list, ids[..2]);

        var next = new Uri(first.Json["links"]?["next"]?.GetValue<string>() ?? "").PathAndQuery["/klaviyo".Length..];
        (await AllAsync(next)).Select(Id).ShouldBe(ids[2..]);
    }

    [Fact]
    public async Task Only_members_are_found_by_email_in_a_list()
    {
        var list = await CreateListAsync();
        var ids = await ProfilesAsync(3);
        await ChangeAsync(HttpMethod.Post, list, ids[1..]);
        var filter = Uri.EscapeDataString("""any(email,["c0@klaviyo-demo.com","c2@klaviyo-demo.com"])""");

        var found = Items(await GetAsync($"/api/lists/{list}/profiles?filter={filter}&fields[profile]=email,joined_group_at")).Single();

        Id(found).ShouldBe(ids[2]);
        Attribute(found, "joined_group_at")?.GetValue<string>().ShouldBe("2026-07-20T10:00:00+00:00");
    }

    [Theory]
    [InlineData("POST", 1000, 404)]
    [InlineData("POST", 1001, 400)]
    [InlineData("DELETE", 1000, 204)]
    [InlineData("DELETE", 1001, 400)]
    [InlineData("DELETE", 0, 400)]
    public async Task A_request_names_at_most_1000_profiles(string method, int ids, int status) =>
        (await ChangeAsync(new HttpMethod(method), await CreateListAsync(), [.. Enumerable.Range(0, ids).Select(i => $"01NOBODY{i}")])).Status.ShouldBe(status);

    [Fact]
    public async Task Members_of_an_unknown_list_are_not_found()
    {
        (await GetAsync("/api/lists/NOLIST/profiles")).Status.ShouldBe(404);
        (await ChangeAsync(HttpMethod.Delete, "NOLIST", ["01"])).Status.ShouldBe(404);
    }

    private Task<SimulatorAnswer> ChangeAsync(HttpMethod method, string list, IEnumerable<string> ids) =>
        KlaviyoAsync(method, $"/api/lists/{list}/relationships/profiles", ImportBodies.Members(ids));

    private async Task<string[]> ProfilesAsync(int count)
    {
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            ids.Add(Id(await ImportAsync($$"""{"email":"c{{i}}@klaviyo-demo.com"}""")));
        }

        return [.. ids];
    }
}

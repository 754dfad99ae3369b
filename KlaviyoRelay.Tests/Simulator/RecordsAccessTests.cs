namespace KlaviyoRelay.Tests.Simulator;

public sealed class RecordsAccessTests : RecordsTest
{
    [Theory]
    [InlineData("POST", "/api/profile-import", "profiles:write")]
    [InlineData("POST", Jobs, "lists:write profiles:write")]
    [InlineData("GET", Jobs, "lists:read profiles:read")]
    [InlineData("GET", Jobs + "/x", "lists:read profiles:read")]
    [InlineData("GET", Jobs + "/x/import-errors", "profiles:read")]
    [InlineData("GET", Jobs + "/x/profiles", "profiles:read")]
    [InlineData("GET", "/api/lists", "lists:read")]
    [InlineData("POST", "/api/lists", "lists:write")]
    [InlineData("GET", "/api/lists/x/profiles", "lists:read profiles:read")]
    [InlineData("POST", "/api/lists/x/relationships/profiles", "lists:write profiles:write")]
    [InlineData("DELETE", "/api/lists/x/relationships/profiles", "lists:write profiles:write")]
    [InlineData("GET", "/api/lists/x/flow-triggers", "flows:read lists:read")]
    [InlineData("GET", "/api/metrics", "metrics:read")]
    [InlineData("GET", "/api/metrics/x/flow-triggers", "flows:read metrics:read")]
    public async Task Endpoint_needs_each_of_its_scopes(string method, string path, string scopes)
    {
        foreach (var missing in scopes.Split(' '))
        {
            await GrantAsync(scopes.Split(' ').Where(scope => scope != missing));
            (await KlaviyoAsync(new HttpMethod(method), path)).Status.ShouldBe(403, missing);
        }

        await GrantAsync(scopes.Split(' '));
        (await KlaviyoAsync(new HttpMethod(method), path)).Status.ShouldNotBe(403);
    }

    [Theory]
    [InlineData("POST", "/api/profile-import", 75, "750")]
    [InlineData("POST", Jobs, 10, "150")]
    [InlineData("GET", Jobs, 10, "150")]
    [InlineData("GET", Jobs + "/x/import-errors", 10, "150")]
    [InlineData("GET", "/api/lists", 75, "750")]
    [InlineData("DELETE", "/api/lists/x/relationships/profiles", 10, "150")]
    [InlineData("GET", "/api/lists/x/flow-triggers", 3, "60")]
    public async Task Endpoint_has_the_limits_of_its_reference(string method, string path, int perSecond, string perMinute)
    {
        await SeedAsync("/settings", """{"limits":true}""");
        for (var i = 0; i < perSecond; i++)
        {
            (await KlaviyoAsync(new HttpMethod(method), path)).Headers["RateLimit-Limit"].ShouldBe(perMinute);
        }

        var full = await KlaviyoAsync(new HttpMethod(method), path);

        full.Status.ShouldBe(429);
        full.Headers["Retry-After"].ShouldBe("1");
    }

    [Fact]
    public async Task Methods_of_one_path_have_limits_of_their_own()
    {
        await SeedAsync("/settings", """{"limits":true}""");
        for (var i = 0; i < 10; i++)
        {
            await GetAsync(Jobs);
        }

        (await AcceptAsync(ImportBodies.Job(ImportBodies.Numbered(1)))).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_day_has_150_new_lists()
    {
        await SeedAsync("/settings", """{"limits":true}""");
        for (var i = 0; i < 150; i++)
        {
            await CreateListAsync($"List {i}");
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var full = await KlaviyoAsync(HttpMethod.Post, "/api/lists");

        full.Status.ShouldBe(429);
        int.Parse(full.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture).ShouldBe((14 * 3600) - 150);
    }

    [Fact]
    public async Task Wrong_method_is_told_from_an_unknown_path()
    {
        (await KlaviyoAsync(HttpMethod.Delete, "/api/lists/x")).Status.ShouldBe(405);
        (await KlaviyoAsync(HttpMethod.Get, "/api/lists/x/y/z")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("""{"target":"klaviyo","path":"/api/profile-bulk-import-jobs","status":429,"retryAfter":"2","next":1}""", 0)]
    [InlineData("""{"target":"klaviyo","path":"/api/profile-bulk-import-jobs","status":500,"next":1}""", 0)]
    [InlineData("""{"target":"klaviyo","path":"/api/profile-bulk-import-jobs","drop":"before","next":1}""", 0)]
    [InlineData("""{"target":"klaviyo","path":"/api/profile-bulk-import-jobs","drop":"after","next":1}""", 1)]
    [InlineData("""{"target":"klaviyo","path":"/api/profile-bulk-import-jobs","delayMs":5000,"next":1}""", 1)]
    public async Task Fault_meets_jobs_as_it_meets_events(string fault, int accepted)
    {
        await FaultAsync(fault);

        try
        {
            await PostJobAsync(ImportBodies.Job(ImportBodies.Numbered(1)));
        }
        catch (HttpRequestException) when (fault.Contains("drop", StringComparison.Ordinal))
        {
            // The connection was cut, as the fault says.
        }

        Items(await GetAsync(Jobs)).Count().ShouldBe(accepted);
    }

    private async Task GrantAsync(IEnumerable<string> scopes) => await SeedAsync(
        "/keys", $$"""{"key":"{{Key}}","scopes":[{{string.Join(',', scopes.Select(scope => $"\"{scope}\""))}}]}""");
}

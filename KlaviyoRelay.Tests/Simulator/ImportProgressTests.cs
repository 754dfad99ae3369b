namespace KlaviyoRelay.Tests.Simulator;

public sealed class ImportProgressTests : RecordsTest
{
    [Fact]
    public async Task Job_is_queued_processed_and_complete_as_time_passes()
    {
        await SetImportsAsync("""{"queuedMs":5000,"profilesPerSecond":10}""");
        var job = await AcceptAsync(ImportBodies.Job(ImportBodies.Numbered(100)));

        (await StatusAsync(job)).ShouldBe("queued");
        Clock.Advance(TimeSpan.FromSeconds(9));
        (await StatusAsync(job)).ShouldBe("processing");
        Attribute(await GetAsync(job), "completed_count")?.GetValue<int>().ShouldBe(40);
        Items(await GetAsync("/api/profiles")).ShouldBeEmpty();
        Clock.Advance(TimeSpan.FromSeconds(6));
        (await StatusAsync(job)).ShouldBe("complete");
        var done = await GetAsync(job);
        Attribute(done, "completed_count")?.GetValue<int>().ShouldBe(100);
        Attribute(done, "started_at")?.GetValue<string>().ShouldBe("2026-07-20T10:00:05+00:00");
        Attribute(done, "completed_at")?.GetValue<string>().ShouldBe("2026-07-20T10:00:15+00:00");
        (await AllAsync("/api/profiles")).Count.ShouldBe(100);
        (await AllAsync($"{job}/profiles?page[size]=30&fields[profile]=email")).Count.ShouldBe(100);
        (await AllAsync($"{job}/relationships/profiles?page[size]=100")).Count.ShouldBe(100);
    }

    [Fact]
    public async Task Failed_profiles_are_told_in_pages_without_an_index()
    {
        await SetImportsAsync("""{"failing":"bad-"}""");
        var job = await AcceptAsync(ImportBodies.Job([.. ImportBodies.Numbered(10), .. ImportBodies.Numbered(30, "bad-")]));
        Clock.Advance(TimeSpan.FromMinutes(1));

        var first = await GetAsync($"{job}/import-errors");
        var all = await AllAsync($"{job}/import-errors");

        Items(first).Count().ShouldBe(20);
        all.Count.ShouldBe(30);
        all.Select(error => Attribute(error, "original_payload")?["email"]?.GetValue<string>())
            .ShouldBe(Enumerable.Range(0, 30).Select(i => $"bad-{i}@klaviyo-demo.com"));
        all.Select(Id).Distinct().Count().ShouldBe(30);
        Attribute(all[0], "code")?.GetValue<string>().ShouldBe("invalid");
        Attribute(all[0], "source")?.ToJsonString().ShouldBe("""{"pointer":"/data"}""");
        Attribute(await GetAsync(job), "failed_count")?.GetValue<int>().ShouldBe(30);
        Attribute(await GetAsync(job), "completed_count")?.GetValue<int>().ShouldBe(10);
        (await AllAsync("/api/profiles")).Count.ShouldBe(10);
    }

    [Fact]
    public async Task Original_payload_is_the_resource_when_asked()
    {
        await SetImportsAsync("""{"failing":"bad","originalPayload":"resource"}""");
        var job = await AcceptAsync(ImportBodies.Job(ImportBodies.WithEmail("bad@klaviyo-demo.com")));
        Clock.Advance(TimeSpan.FromMinutes(1));

        Attribute(Items(await GetAsync($"{job}/import-errors")).Single(), "original_payload")?.ToJsonString()
            .ShouldBe("""{"type":"profile","attributes":{"email":"bad@klaviyo-demo.com"}}""");
    }

    [Fact]
    public async Task Phone_that_is_not_taken_fails_its_profile_when_asked()
    {
        await SetImportsAsync("""{"badPhones":"fail","phoneRegions":["+49"]}""");
        var job = await AcceptAsync(ImportBodies.Job(
            ImportBodies.Profile("""{"phone_number":"+12125550123"}"""), ImportBodies.Profile("""{"phone_number":"+447700900123"}""")));
        Clock.Advance(TimeSpan.FromMinutes(1));

        (await AllAsync($"{job}/import-errors")).Select(error => Attribute(error, "detail")?.GetValue<string>()).ShouldBe(
        [
            "The phone number provided either does not exist or is ineligible to receive ChannelType.SMS",
            "Phone number is valid but is not in a supported region for this account.",
        ]);
    }

    [Fact]
    public async Task Identifiers_of_two_profiles_fail_in_the_import()
    {
        await ImportAsync("""{"email":"jane@klaviyo-demo.com"}""");
        await ImportAsync("""{"external_id":"7"}""");
        var job = await AcceptAsync(ImportBodies.Job(ImportBodies.Profile("""{"email":"jane@klaviyo-demo.com","external_id":"7"}""")));
        Clock.Advance(TimeSpan.FromMinutes(1));

        Attribute(Items(await GetAsync($"{job}/import-errors")).Single(), "code")?.GetValue<string>().ShouldBe("duplicate_profile");
    }

    [Fact]
    public async Task Stuck_job_is_processed_for_ever_until_it_is_released()
    {
        await SetImportsAsync("""{"outcome":"stuck"}""");
        var stuck = await AcceptAsync(ImportBodies.Job(ImportBodies.Numbered(1)));
        await SetImportsAsync("""{"outcome":"run"}""");
        var other = await AcceptAsync(ImportBodies.Job(ImportBodies.Numbered(1, "d")));
        Clock.Advance(TimeSpan.FromHours(1));

        (await StatusAsync(other)).ShouldBe("complete");
        (await StatusAsync(stuck)).ShouldBe("processing");
        await SeedAsync("/klaviyo/jobs/release", "");
        Clock.Advance(TimeSpan.FromSeconds(1));
        (await StatusAsync(stuck)).ShouldBe("complete");
    }

    [Fact]
    public async Task Cancelled_job_imports_nothing()
    {
        await SetImportsAsync("""{"outcome":"cancelled"}""");
        var job = await AcceptAsync(ImportBodies.Job(ImportBodies.Numbered(1)));
        Clock.Advance(TimeSpan.FromMinutes(1));

        (await StatusAsync(job)).ShouldBe("cancelled");
        Items(await GetAsync("/api/profiles")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Jobs_are_listed_by_status_newest_first_in_pages()
    {
        var done = await AcceptAsync(ImportBodies.Job(ImportBodies.Numbered(1)));
        Clock.Advance(TimeSpan.FromMinutes(1));
        var open = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            open.Insert(0, (await AcceptAsync(ImportBodies.Job(ImportBodies.Numbered(1))))[(Jobs.Length + 1)..]);
        }

        var filter = Uri.EscapeDataString("any(status,['queued','processing'])");
        (await AllAsync($"{Jobs}?filter={filter}&sort=-created_at&page[size]=2")).Select(Id).ShouldBe(open);
        (await AllAsync($"{Jobs}?filter={Uri.EscapeDataString("equals(status,'complete')")}")).Select(Id).ShouldBe([done[(Jobs.Length + 1)..]]);
    }

    [Fact]
    public async Task Job_is_gone_7_days_after_it_was_created()
    {
        var job = await AcceptAsync(ImportBodies.Job(ImportBodies.Numbered(1)));

        Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        (await GetAsync(job)).Status.ShouldBe(200);
        Clock.Advance(TimeSpan.FromSeconds(1));
        (await GetAsync(job)).Status.ShouldBe(404);
        (await GetAsync($"{job}/import-errors")).Status.ShouldBe(404);
        Items(await GetAsync(Jobs)).ShouldBeEmpty();
        Items(await GetAsync("/api/profiles")).Count().ShouldBe(1, "what was imported stays");
    }

    [Fact]
    public async Task Job_adds_its_profiles_to_its_lists()
    {
        var list = await CreateListAsync();
        var job = await AcceptAsync(ImportBodies.JobInto([list], ImportBodies.Numbered(2)));
        Clock.Advance(TimeSpan.FromMinutes(1));

        (await AllAsync($"/api/lists/{list}/profiles")).Count.ShouldBe(2);
        (await AllAsync($"{job}/lists")).Select(Id).ShouldBe([list]);
    }

    private async Task<string?> StatusAsync(string job) => Attribute(await GetAsync(job), "status")?.GetValue<string>();
}

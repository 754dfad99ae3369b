using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.Simulator;

public sealed class ImportJobTests : RecordsTest
{
    [Fact]
    public async Task Job_is_accepted_as_queued_with_an_expiry_after_7_days()
    {
        var answer = await PostJobAsync(ImportBodies.Job(ImportBodies.Numbered(3)));

        answer.Status.ShouldBe(202, answer.Text);
        Id(answer).Length.ShouldBe(60);
        answer.Json["data"]?["attributes"]?.ToJsonString().ShouldBe(
            """
            {"status":"queued","created_at":"2026-07-20T10:00:00\u002B00:00","total_count":3,"completed_count":0,"failed_count":0,
            "completed_at":null,"expires_at":"2026-07-27T10:00:00\u002B00:00","started_at":null}
            """.ReplaceLineEndings(""));
        answer.Json["data"]?["relationships"]?["import-errors"]?.ToJsonString().ShouldNotContain("self");
    }

    [Theory]
    [InlineData("""{"email":"nobody"}""", "/2/attributes/email")]
    [InlineData("""{"email":"c@klaviyo-demo.com","phone_number":"+12125550100"}""", "/2/attributes/phone_number")]
    [InlineData("""{"email":"c@klaviyo-demo.com","phone_number":"0170"}""", "/2/attributes/phone_number")]
    [InlineData("""{"email":"c@klaviyo-demo.com","nickname":"c"}""", "/2/attributes/nickname")]
    [InlineData("""{"email":"c@klaviyo-demo.com","properties":[]}""", "/2/attributes/properties")]
    [InlineData("""{"first_name":"c"}""", "/2/attributes")]
    public async Task One_bad_profile_refuses_the_whole_job_with_its_index(string attributes, string place)
    {
        var answer = await PostJobAsync(ImportBodies.Job([.. ImportBodies.Numbered(2), ImportBodies.Profile(attributes)]));

        answer.Status.ShouldBe(400);
        answer.Source.ShouldBe($"{ImportBodies.Profiles}{place}");
        Clock.Advance(TimeSpan.FromHours(1));
        Items(await GetAsync("/api/profiles")).ShouldBeEmpty();
        Items(await GetAsync(Jobs)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Lack_of_an_identifier_is_told_only_when_nothing_else_is_wrong()
    {
        var nameless = ImportBodies.Profile("""{"first_name":"c"}""");

        var first = await PostJobAsync(ImportBodies.Job([nameless.DeepClone(), ImportBodies.WithEmail("bad"), ImportBodies.WithEmail("worse")]));
        var second = await PostJobAsync(ImportBodies.Job([nameless, .. ImportBodies.Numbered(1)]));

        Pointers(first).ShouldBe(["/1/attributes/email", "/2/attributes/email"]);
        Pointers(second).ShouldBe(["/0/attributes"]);
    }

    [Fact]
    public async Task Refused_job_tells_of_as_many_errors_as_the_setting_says()
    {
        await SetImportsAsync("""{"mostErrors":2}""");

        var answer = await PostJobAsync(ImportBodies.Job(Enumerable.Range(0, 5).Select(i => ImportBodies.WithEmail($"bad{i}"))));

        Pointers(answer).ShouldBe(["/0/attributes/email", "/1/attributes/email"]);
    }

    [Fact]
    public async Task Unknown_list_refuses_the_job_without_an_index()
    {
        var answer = await PostJobAsync(ImportBodies.JobInto(["NOLIST"], ImportBodies.Numbered(1)));

        answer.Status.ShouldBe(400);
        answer.Source.ShouldBe("/data/relationships/lists");
    }

    [Theory]
    [InlineData(10_000, 202)]
    [InlineData(10_001, 400)]
    [InlineData(0, 400)]
    public async Task Job_has_1_to_10000_profiles(int profiles, int status) =>
        (await PostJobAsync(ImportBodies.Job(ImportBodies.Numbered(profiles)))).Status.ShouldBe(status);

    [Fact]
    public async Task Profile_of_more_than_100_KB_is_refused_with_its_index()
    {
        var large = ImportBodies.Profile($$"""{"email":"c@klaviyo-demo.com","title":"{{new string('x', 100_000)}}"}""");

        var answer = await PostJobAsync(ImportBodies.Job([.. ImportBodies.Numbered(1), large]));

        answer.Status.ShouldBe(400);
        answer.Source.ShouldBe($"{ImportBodies.Profiles}/1");
    }

    [Fact]
    public async Task Body_of_more_than_5_MB_is_too_large()
    {
        var large = Enumerable.Range(0, 51).Select(i => ImportBodies.Profile($$"""{"email":"c{{i}}@klaviyo-demo.com","title":"{{new string('x', 99_000)}}"}"""));

        (await PostJobAsync(ImportBodies.Job(large))).Status.ShouldBe(413);
    }

    [Fact]
    public async Task Two_jobs_of_the_same_body_are_two_jobs()
    {
        var first = await AcceptAsync(ImportBodies.Job(ImportBodies.Numbered(1)));
        var second = await AcceptAsync(ImportBodies.Job(ImportBodies.Numbered(1)));

        second.ShouldNotBe(first);
    }

    private static IEnumerable<string?> Pointers(SimulatorAnswer answer) => (answer.Json["errors"] as JsonArray ?? [])
        .Select(error => error?["source"]?["pointer"]?.GetValue<string>()[ImportBodies.Profiles.Length..]);
}

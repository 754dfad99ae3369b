using System.Text;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Jobs;

namespace KlaviyoRelay.Tests.Klaviyo.Jobs;

public sealed class JobClientTests : IDisposable
{
    private const string Imports = "/api/profile-bulk-import-jobs";

    private readonly RelayFixture _relay = new(SyncSettings.Leads);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private JobClient Client => _relay.Get<JobClient>();

    private KlaviyoAccount Account => _relay.Account("main");

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Import_is_accepted_with_its_id()
    {
        _relay.Klaviyo.On(HttpMethod.Post, Imports).Reply(202, """{"data":{"type":"profile-bulk-import-job","id":"job-1","attributes":{"status":"queued"}}}""");

        (await CreateAsync()).ShouldBe(new JobOutcome.Accepted("job-1"));
        _relay.Klaviyo.Requests.ShouldHaveSingleItem().Body.ShouldBe("{}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"data":{"id":""}}""")]
    public async Task Import_without_an_id_counts_as_not_accepted(string body)
    {
        _relay.Klaviyo.On(HttpMethod.Post, Imports).Reply(202, body);

        (await CreateAsync()).ShouldBeOfType<JobOutcome.Failed>().Failure.Reason.ShouldBe(DeadLetterReason.Unavailable);
    }

    [Fact]
    public async Task Refusal_names_every_entry()
    {
        _relay.Klaviyo.On(HttpMethod.Post, Imports).Reply(400, """
            {"errors":[{"code":"invalid","title":"Invalid input.","detail":"Invalid phone.","source":{"pointer":"/data/attributes/profiles/data/4/attributes/phone_number"}},
                       {"code":"invalid","title":"Invalid input.","detail":"Invalid email.","source":{"pointer":"/data/attributes/profiles/data/9/attributes/email"}}]}
            """);

        (await CreateAsync()).ShouldBeOfType<JobOutcome.Refused>().Errors.Select(error => error.Pointer)
            .ShouldBe(["/data/attributes/profiles/data/4/attributes/phone_number", "/data/attributes/profiles/data/9/attributes/email"]);
    }

    [Theory]
    [InlineData(401, DeadLetterReason.Unauthorized)]
    [InlineData(403, DeadLetterReason.Forbidden)]
    [InlineData(429, DeadLetterReason.Throttled)]
    [InlineData(503, DeadLetterReason.Unavailable)]
    public async Task Failure_is_not_of_the_rows(int status, DeadLetterReason reason)
    {
        _relay.Klaviyo.On(HttpMethod.Post, Imports).Reply(status);

        (await CreateAsync()).ShouldBeOfType<JobOutcome.Failed>().Failure.Reason.ShouldBe(reason);
    }

    [Fact]
    public async Task Events_are_accepted_without_an_id()
    {
        _relay.Klaviyo.On(HttpMethod.Post, "/api/event-bulk-create-jobs").Reply(202);

        (await Client.CreateEventsAsync(Account, "{}"u8.ToArray(), _relay.Budget, Token)).ShouldBe(new JobOutcome.Accepted(null));
    }

    [Fact]
    public async Task Open_jobs_are_read_from_every_page()
    {
        var next = $"{TestSettings.Klaviyo}{Imports}?page%5Bcursor%5D=2";
        _relay.Klaviyo.On(HttpMethod.Get, Imports, request => request.Address.Query.Contains("any%28status%2C%5B%27queued%27%2C%27processing%27%5D%29", StringComparison.Ordinal))
            .Reply(200, """{"data":[{"id":"a","attributes":{"status":"processing","total_count":10,"failed_count":1}}],"links":{"next":"NEXT"}}""".Replace("NEXT", next, StringComparison.Ordinal));
        _relay.Klaviyo.On(HttpMethod.Get, Imports, request => request.Address.Query.Contains("cursor", StringComparison.Ordinal))
            .Reply(200, """{"data":[{"id":"b","attributes":{"status":"new-word"}}],"links":{"next":null}}""");

        var jobs = await Client.ListOpenAsync(Account, _relay.Budget, Token);

        jobs.Value.ShouldBe([new ImportJob("a", JobStatus.Processing, 10, 1), new ImportJob("b", null, 0, 0)]);
    }

    [Fact]
    public async Task Key_does_not_follow_a_link_to_another_host()
    {
        _relay.Klaviyo.On(HttpMethod.Get, Imports).Reply(200, """{"data":[],"links":{"next":"https://elsewhere.test/api/profile-bulk-import-jobs"}}""");

        (await Client.ListOpenAsync(Account, _relay.Budget, Token)).Failure.ShouldNotBeNull().Reason.ShouldBe(DeadLetterReason.Unavailable);
    }

    [Fact]
    public async Task Job_that_klaviyo_no_longer_knows_is_no_failure()
    {
        _relay.Klaviyo.On(HttpMethod.Get, $"{Imports}/old").Reply(404);
        _relay.Klaviyo.On(HttpMethod.Get, $"{Imports}/new").Reply(200, """{"data":{"id":"new","attributes":{"status":"complete","total_count":3,"failed_count":2}}}""");

        var old = await Client.FindAsync(Account, "old", _relay.Budget, Token);
        old.Value.ShouldBe(new FoundJob(Job: null));
        (await Client.FindAsync(Account, "new", _relay.Budget, Token)).Value.ShouldBe(new FoundJob(new ImportJob("new", JobStatus.Complete, 3, 2)));
    }

    [Fact]
    public async Task Errors_are_read_from_every_page_whatever_the_form_of_their_payload()
    {
        var path = $"{Imports}/job-1/import-errors";
        _relay.Klaviyo.On(HttpMethod.Get, path, request => request.Address.Query == "?page%5Bsize%5D=100").Reply(200, """
            {"data":[{"id":"1","attributes":{"title":"Invalid input.","detail":"No phone.","source":{"pointer":"/data"},"original_payload":{"email":"Ann@shop.test"}}}],
             "links":{"next":"NEXT?page%5Bcursor%5D=2"}}
            """.Replace("NEXT", TestSettings.Klaviyo + path, StringComparison.Ordinal));
        _relay.Klaviyo.On(HttpMethod.Get, path, request => request.Address.Query.Contains("cursor", StringComparison.Ordinal)).Reply(200, """
            {"data":[{"id":"2","attributes":{"detail":"x","original_payload":{"type":"profile","attributes":{"phone_number":"+14155552671","external_id":"7"}}}},{"id":"3","attributes":{"original_payload":"?"}}]}
            """);

        (await Client.ReadErrorsAsync(Account, "job-1", _relay.Budget, Token)).Value.ShouldBe(
        [
            new ImportError("Invalid input. No phone.", "/data", "Ann@shop.test", null, null),
            new ImportError("x", null, null, "+14155552671", "7"),
            new ImportError("", null, null, null, null),
        ]);
    }

    private Task<JobOutcome> CreateAsync() => Client.CreateImportAsync(Account, Encoding.UTF8.GetBytes("{}"), _relay.Budget, Token);
}

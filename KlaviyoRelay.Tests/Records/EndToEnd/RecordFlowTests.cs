using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.LocalHost.Azurite;

namespace KlaviyoRelay.Tests.Records.EndToEnd;

/// <summary>Rows from a request to their result, with real processes and the simulated Klaviyo.</summary>
public sealed class RecordFlowTests(RunningRecords records) : IClassFixture<RunningRecords>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_row_ends_in_one_bucket_and_the_result_says_why()
    {
        var good = string.Concat(Enumerable.Range(1, 200).Select(number => $"person{number}@klaviyo-demo.com,,{number}\r\n"));
        string[] bad = ["no-address,,1", "ann@example.com,,1", "bad-phone@klaviyo-demo.com,12,1", ",,5", "refused-phone@klaviyo-demo.com,+12125550150,1", "failing-1@klaviyo-demo.com,,1"];

        var report = await records.RunAsync("leads", RunningRecords.Csv($"email,phone,points\r\n{good}person1@klaviyo-demo.com,,1000\r\n{string.Join("\r\n", bad)}\r\n"));

        Counts(report).ShouldBe((Read: 207, Loaded: 200, Superseded: 1, Rejected: 6, WithoutResult: 0, Held: 0));
        var profiles = await records.Simulator.ProfilesAsync(Cancellation);
        profiles.Keys.Where(email => email.StartsWith("person", StringComparison.Ordinal)).Count().ShouldBe(200);
        profiles["person1@klaviyo-demo.com"]["points"].ShouldNotBeNull().ToString().ShouldBe("1000");
        var csv = await records.GetAsync($"{Addresses(report)[0]}");
        foreach (var reason in new[] { "bad-email", "reserved-domain", "bad-phone", "no-identifier", "refused" })
        {
            csv.ShouldContain($",{reason},");
        }

        csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1 + 6);
        using var json = JsonDocument.Parse(await records.GetAsync($"{Addresses(report)[1]}"));
        json.RootElement.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("row").GetInt32()).ShouldBe(Enumerable.Range(202, 6));
        records.Stack.Logs.ShouldNotContain("@klaviyo-demo.com");
        await ForgetAsync("refused-phone@klaviyo-demo.com");
        csv = await records.GetAsync($"{Addresses(report)[0]}");
        csv.ShouldNotContain("refused-phone@");
        csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1 + 5);
    }

    [Fact]
    public async Task Few_rows_and_events_and_members_reach_Klaviyo()
    {
        await records.Simulator.KlaviyoAsync("lists", JsonNode.Parse("""[{"key":"pk_end_to_end","id":"L1","name":"VIP"},{"key":"pk_end_to_end","id":"L2","name":"Left"}]"""), Cancellation);
        await records.Simulator.KlaviyoAsync(
            "profiles",
            JsonNode.Parse("""[{"key":"pk_end_to_end","email":"stays@klaviyo-demo.com","lists":["L2"]},{"key":"pk_end_to_end","email":"leaves@klaviyo-demo.com","lists":["L2"]}]"""),
            Cancellation);

        await PostPartsAsync("leads?run=nightly", "part1@klaviyo-demo.com", "part2@klaviyo-demo.com");

        var reports = await Task.WhenAll(
            records.RunAsync("leads?run=nightly&part=3", RunningRecords.Csv("email,phone,points\npart3@klaviyo-demo.com,,3\n")),
            records.RunAsync("leads", Gzip("""{"email":"few@klaviyo-demo.com","phone":null,"points":1.5}""")),
            records.RunAsync("vip", RunningRecords.Json("""[{"email":"vip@klaviyo-demo.com"}]""")),
            records.RunAsync("left", RunningRecords.Csv("email\nleaves@klaviyo-demo.com\nnobody@klaviyo-demo.com\n")),
            records.RunAsync("orders", RunningRecords.Json("""[{"order":1,"email":"few@klaviyo-demo.com","at":"2026-01-15T10:00:00Z"},{"order":2,"email":"few@klaviyo-demo.com","at":"yesterday"}]""")),
            records.RunAsync("known", RunningRecords.Csv("email\nstays@klaviyo-demo.com\nnobody@klaviyo-demo.com\n")));

        reports.Select(Counts).ShouldBe(
        [
            (4, 3, 0, 1, 0, 0),
            (1, 1, 0, 0, 0, 0),
            (1, 1, 0, 0, 0, 0),
            (2, 2, 0, 0, 0, 0),
            (2, 0, 0, 1, 1, 0),
            (2, 1, 0, 1, 0, 0),
        ]);
        (await records.Simulator.ProfilesAsync(Cancellation)).Keys.ShouldNotContain("nobody@klaviyo-demo.com");
        (await records.Simulator.EventsAsync(Cancellation)).Where(one => one.Email == "few@klaviyo-demo.com").ShouldHaveSingleItem().Metric.ShouldBe("Placed Order");
        var lists = (await records.Simulator.KlaviyoAsync("lists", body: null, Cancellation)).ShouldNotBeNull().ToJsonString();
        lists.ShouldContain("vip@klaviyo-demo.com");
        lists.ShouldContain("stays@klaviyo-demo.com");
        lists.ShouldNotContain("leaves@klaviyo-demo.com");
    }

    [Fact]
    public async Task Rows_survive_an_outage_of_Klaviyo_and_the_death_of_the_relay_and_no_event_is_recorded_twice()
    {
        var rows = string.Join('\n', Enumerable.Range(1, 2000).Select(number => $$"""{"order":{{number + 100}},"email":"buyer{{number}}@klaviyo-demo.com","at":"2026-01-15T10:00:00Z"}"""));
        var before = await records.Simulator.RecordedAsync(Cancellation);
        await records.Simulator.FaultAsync(new JsonObject { ["target"] = "klaviyo", ["status"] = 503, ["next"] = 4 }, Cancellation);

        var report = await records.RunAsync("orders", RunningRecords.Json(rows), async () =>
        {
            await records.Stack.Relay.KillAsync();
            await records.Stack.StartRelayAsync(Cancellation);
        });

        Counts(report).ShouldBe((2000, 0, 0, 0, 2000, 0));
        (await records.Simulator.RecordedAsync(Cancellation)).ShouldBe(before + 2000);
    }

    [Fact]
    public async Task Changes_of_a_Kustomer_customer_reach_the_profile_and_an_older_one_does_not_undo_a_newer_one()
    {
        async Task<string> ChangeAsync(string tier, int points)
        {
            await records.Simulator.SeedAsync(
                [
                    new JsonObject
                    {
                        ["helpdesk"] = "kustomer",
                        ["id"] = "tiered",
                        ["emails"] = new JsonArray(new JsonObject { ["email"] = "tiered@klaviyo-demo.com" }),
                        ["custom"] = new JsonObject { ["loyaltyTierStr"] = tier, ["pointsNum"] = points },
                    },
                ],
                Cancellation);
            return await records.Simulator.CustomerWebhookAsync("tiered", Cancellation);
        }

        async Task<HttpStatusCode> SendAsync(string webhook)
        {
            using var answer = await records.Stack.Webhooks.KustomerAsync(webhook, Cancellation);
            return answer.StatusCode;
        }

        async Task<string?> TierAsync() => (await records.Simulator.ProfilesAsync(Cancellation)).GetValueOrDefault("tiered@klaviyo-demo.com")?["Loyalty tier"]?.ToString();

        (await SendAsync(await ChangeAsync("bronze", 1))).ShouldBe(HttpStatusCode.Accepted);
        await Eventually.HoldsAsync(async () => await TierAsync() == "bronze", Eventually.Patience, () => records.Stack.Logs, Cancellation);
        var (silver, gold) = (await ChangeAsync("silver", 1), await ChangeAsync("gold", 1));
        (await SendAsync(gold)).ShouldBe(HttpStatusCode.Accepted);
        await Eventually.HoldsAsync(async () => await TierAsync() == "gold", Eventually.Patience, () => records.Stack.Logs, Cancellation);

        (await SendAsync(silver)).ShouldBe(HttpStatusCode.Accepted);
        (await SendAsync(await ChangeAsync("gold", 2))).ShouldBe(HttpStatusCode.OK, "points are not mapped");
        await Eventually.HoldsAsync(
            async () => await SessionQueues.CountAsync(records.Stack.Queues, QueueNames.Records, Cancellation) == 0, Eventually.Patience, () => records.Stack.Logs, Cancellation);

        (await TierAsync()).ShouldBe("gold");
        (await records.Simulator.RequestsAsync("/v1/customers/{id}", Cancellation)).ShouldBe(1, "only the first change was of a customer that the relay did not know");
    }

    [Fact]
    public async Task Same_body_or_key_is_one_run()
    {
        var first = await RunOf(await records.PostAsync("known", RunningRecords.Csv("email\none@klaviyo-demo.com\n")));
        var again = await RunOf(await records.PostAsync("known", RunningRecords.Csv("email\none@klaviyo-demo.com\n")));
        var keyed = await RunOf(await records.PostAsync("known", RunningRecords.Csv("email\none@klaviyo-demo.com\n"), key: "1"));
        var keyedAgain = await RunOf(await records.PostAsync("known", RunningRecords.Csv("email\ntwo@klaviyo-demo.com\n"), key: "1"));

        again.ShouldBe(first);
        keyed.ShouldNotBe(first);
        keyedAgain.ShouldBe(keyed);
    }

    [Theory]
    [InlineData("leads", "email,points\na@klaviyo-demo.com,1\n", "text/csv", RunningRecords.Secret, HttpStatusCode.BadRequest, "phone. They have email, points.")]
    [InlineData("leads", "[{\"email\":\"a@klaviyo-demo.com\"},\n{\"email\":}]", "application/json", RunningRecords.Secret, HttpStatusCode.BadRequest, "Line 2, column 10")]
    [InlineData("leads", "email", "text/plain", RunningRecords.Secret, HttpStatusCode.UnsupportedMediaType, "text/csv")]
    [InlineData("leads", "email", "text/csv", "wrong", HttpStatusCode.Unauthorized, "Bearer")]
    [InlineData("leads", "email", "text/csv", null, HttpStatusCode.Unauthorized, "Bearer")]
    [InlineData("nobody", "email", "text/csv", RunningRecords.Secret, HttpStatusCode.NotFound, "no such sync")]
    public async Task Rows_that_cannot_be_taken_are_refused_with_the_reason(string sync, string body, string type, string? secret, HttpStatusCode status, string reason)
    {
        using var answer = await records.PostAsync(sync, new StringContent(body, Encoding.UTF8, type), secret);

        answer.StatusCode.ShouldBe(status);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain(reason);
    }

    /// <summary>The first two parts of a run; the second has a bad row more, and comes twice.</summary>
    private async Task PostPartsAsync(string run, string first, string second)
    {
        foreach (var (part, rows, status) in new[] { (2, $"{second},,2\nnobody,,2", HttpStatusCode.Accepted), (1, $"{first},,1", HttpStatusCode.Accepted), (2, $"{second},,2\nnobody,,2", HttpStatusCode.Accepted), (1, $"{first},,5", HttpStatusCode.Conflict) })
        {
            using var answer = await records.PostAsync($"{run}&part={part}", RunningRecords.Csv($"email,phone,points\n{rows}\n"));
            answer.StatusCode.ShouldBe(status);
        }
    }

    private async Task ForgetAsync(string person)
    {
        var command = records.Stack.StartCommand("forget", person);
        await command.WaitForExitAsync(Cancellation);
        command.ExitCode.ShouldBe(0, command.Output);
        command.Output.ShouldContain("and the rows of 1 run(s).");
    }

    private static (int Read, int Loaded, int Superseded, int Rejected, int WithoutResult, int Held) Counts(JsonElement report)
    {
        var rows = report.GetProperty("rows");
        int Of(string name) => rows.GetProperty(name).GetInt32();
        return (Of("read"), Of("loaded"), Of("superseded"), Of("rejected"), Of("acceptedWithoutResult"), Of("held"));
    }

    private static string[] Addresses(JsonElement report) => [.. report.GetProperty("results").EnumerateArray().Select(address => address.GetString() ?? "")];

    private static async Task<string> RunOf(HttpResponseMessage answer)
    {
        using (answer)
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
            return answer.Headers.Location.ShouldNotBeNull().OriginalString;
        }
    }

    private static ByteArrayContent Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new("application/x-ndjson");
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }
}

using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.Dashboard.Watch;

public sealed class WatchRoutesTests : DashboardTest
{
    [Fact]
    public async Task Event_is_given_with_its_timeline()
    {
        Dashboard.Board.Accepted(BoardFixture.Event());

        var found = JsonNode.Parse(await TextOfAsync(await Dashboard.GetAsync("/dashboard/events/e1"))).ShouldNotBeNull();

        $"{found["row"]?["state"]}".ShouldBe("queued");
        found["timeline"].ShouldNotBeNull().ToJsonString().ShouldBe("""[{"at":"2026-01-15T14:03:00\u002B00:00","stage":"webhook","text":"The webhook was accepted: the queue has the event"}]""");
    }

    [Fact]
    public async Task Event_that_is_not_remembered_is_not_found_and_the_answer_says_where_to_look() =>
        (await TextOfAsync(await Dashboard.GetAsync("/dashboard/events/e1"))).ShouldContain("dead letters");

    [Fact]
    public async Task Setup_names_connections_and_accounts_and_no_faults_where_there_is_no_simulator()
    {
        var setup = JsonNode.Parse(await TextOfAsync(await Dashboard.GetAsync("/dashboard/setup"))).ShouldNotBeNull();

        $"{setup["klaviyo"]}".ShouldBe(TestSettings.Klaviyo);
        setup["simulator"].ShouldBeNull();
        $"{setup["simulatorNote"]}".ShouldContain(TestSettings.Klaviyo);
        setup["faults"].ShouldNotBeNull().AsArray().ShouldBeEmpty();
        setup["accounts"].ShouldNotBeNull().ToJsonString().ShouldBe("""["main"]""");
        setup["connections"].ShouldNotBeNull().AsArray().Select(connection => $"{connection?["name"]} {connection?["helpdesk"]} {connection?["accounts"]?[0]} {connection?["canTry"]}")
            .ShouldBe(["gladly gladly main false", "kustomer kustomer main false"], ignoreOrder: true);
        setup["connections"].ShouldNotBeNull().AsArray().ShouldAllBe(connection => $"{(connection == null ? null : connection["whyNot"])}".Contains("not the simulator", StringComparison.Ordinal));
        setup["reasons"].ShouldNotBeNull().AsArray().Select(reason => $"{reason}").ShouldContain("throttled");
    }

    [Fact]
    public async Task Setup_tells_no_secret()
    {
        var secrets = TestSettings.Default().Where(setting => setting.Key.StartsWith("Secrets__", StringComparison.Ordinal)).Select(setting => setting.Value ?? "");

        var setup = await TextOfAsync(await Dashboard.GetAsync("/dashboard/setup"));

        secrets.ShouldAllBe(secret => !setup.Contains(secret, StringComparison.Ordinal));
    }
}

using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Dashboard.Act;

public sealed class ActHeldTests : IAsyncLifetime
{
    private ActSimulator? _simulator;
    private ActHost? _host;

    private ActSimulator Simulator => _simulator ?? throw new InvalidOperationException("The simulator has not been started.");

    private ActHost Host => _host ?? throw new InvalidOperationException("The host has not been started.");

    public async ValueTask InitializeAsync()
    {
        _simulator = await ActSimulator.StartAsync();
        _host = await ActHost.StartAsync(services => services.AddSingleton<IEventQueue>(new InMemoryQueue()), [.. Simulator.Settings, ("Relay__Connections__gladly__Card__Secret", "cardToken"), ("Secrets__cardToken", "zq-card-token")]);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Simulator.DisposeAsync();
    }

    [Fact]
    public async Task Flag_consent_and_last_events_of_a_customer_are_shown_and_the_email_is_masked()
    {
        await Simulator.ControlAsync(HttpMethod.Post, "customers", """[{"helpdesk":"gladly","id":"zq1","name":"Zq","emails":[{"email":"ann@klaviyo-demo.com"},{"email":"zqother@klaviyo-demo.com"}]}]""");
        await Simulator.ControlAsync(
            HttpMethod.Post,
            "klaviyo/profiles",
            """[{"key":"pk_main","email":"ann@klaviyo-demo.com","properties":{"In Gladly Conversation":true},"subscriptions":{"email":{"marketing":{"consent":"SUBSCRIBED"}}}}]""");
        await Simulator.EventAsync("pk_main");

        var (_, list) = await Host.GetAsync("customers");
        list.GetProperty("customers").EnumerateArray().ShouldContain(one => $"{one.GetProperty("id")} {one.GetProperty("emails")}" == "zq1 a•••@k•••.com, z•••@k•••.com");
        var (status, held) = await Host.GetAsync("customers/gladly/zq1");

        status.ShouldBe(200, $"{held}");
        var profile = held.GetProperty("profiles").EnumerateArray().ShouldHaveSingleItem();
        profile.GetProperty("flags")[0].ToString().ShouldBe("""{"property":"In Gladly Conversation","value":true}""");
        profile.GetProperty("consent")[0].ToString().ShouldBe("""{"channel":"email","status":"SUBSCRIBED"}""");
        profile.GetProperty("events")[0].GetProperty("metric").GetString().ShouldBe("Test");
        held.GetProperty("unknown").GetInt32().ShouldBe(1);
        $"{held}".ShouldNotContain("ann@");
    }

    [Fact]
    public async Task Klaviyo_is_asked_by_way_of_the_card_where_there_is_no_simulator_to_look_into()
    {
        await Simulator.ControlAsync(HttpMethod.Post, "customers", """[{"helpdesk":"gladly","id":"zq2","name":"Zq","emails":[{"email":"ann@klaviyo-demo.com"}]}]""");
        await Simulator.EventAsync("pk_main");

        var (status, held) = await Host.GetAsync("asked/gladly/zq2");

        status.ShouldBe(200, $"{held}");
        var profile = held.GetProperty("profiles").EnumerateArray().ShouldHaveSingleItem();
        profile.GetProperty("flags")[0].ToString().ShouldBe("""{"property":"In Gladly Conversation","value":null}""");
        $"{held}".ShouldNotContain("ann@");
        (await Host.GetAsync("asked/gladly/nobody")).Status.ShouldBe(404);
        (await Host.GetAsync("asked/kustomer/zq2")).Json.GetProperty("error").GetString().ShouldBe("The connection 'kustomer' has no card, by way of which Klaviyo is asked: switch it on (docs/insights.md).");
    }

    [Fact]
    public async Task Customer_that_the_simulator_does_not_know_is_not_found() => (await Host.GetAsync("customers/gladly/nobody")).Status.ShouldBe(404);
}

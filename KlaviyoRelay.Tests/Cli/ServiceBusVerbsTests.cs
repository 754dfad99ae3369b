using Amqp;
using Amqp.Framing;
using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Cli;

public sealed class ServiceBusVerbsTests : DeadLetterVerbsTests
{
    private readonly ServiceBusFixture _fixture = new();

    private protected override LetterFixture Fixture => _fixture;

    public override ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task List_and_show_deliver_no_message()
    {
        await _fixture.RejectAsync("aaaa");
        await _fixture.RunAsync("list");
        await _fixture.RunAsync("show", "aaaa");

        _fixture.ServiceBus.Of(QueueNames.DeadLetterRejected).Deliveries.ShouldBe([0u]);
    }

    [Fact]
    public async Task Letter_that_is_left_often_is_not_put_away_by_service_bus()
    {
        await _fixture.RejectAsync("left");
        for (var time = 0; time < 12; time++)
        {
            await _fixture.RejectAsync($"taken{time}", DeadLetterReason.Forbidden);
            (await _fixture.RunAsync("redrive", "--reason", "forbidden", "--json")).Ids.Count.ShouldBe(1);
            _fixture.ServiceBus.Of(QueueNames.DeadLetterRejected).Deliveries.ShouldHaveSingleItem().ShouldBeLessThan(6u);
        }

        (await _fixture.RunAsync("list", "--json")).Ids.ShouldBe(["left"]);
        _fixture.Receivable(QueueNames.DeadLetterRejected).ShouldBe(1);
    }

    [Fact]
    public async Task Redrive_leaves_a_letter_that_another_receiver_has_locked()
    {
        await _fixture.RejectAsync("aaaa");
        _fixture.ServiceBus.Of(QueueNames.DeadLetterRejected).Receive().ShouldNotBeNull();

        (await _fixture.RunAsync("redrive", "--json")).Ids.ShouldBeEmpty();
        _fixture.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task Release_sends_the_event_before_it_cancels_the_letter_and_keeps_its_age()
    {
        await _fixture.ThrottleAsync("aaaa");
        _fixture.ServiceBus.RefusesTransfer = _ => new Error("amqp:resource-limit-exceeded") { Description = "Full." };
        (await _fixture.RunAsync("release")).ExitCode.ShouldBe(1);
        (await _fixture.RunAsync("list", "--json")).Ids.ShouldBe(["aaaa"]);
        _fixture.ServiceBus.RefusesTransfer = _ => null;

        (await _fixture.RunAsync("release", "--json")).Ids.ShouldBe(["aaaa"]);

        RelayWork.Reader.Read(_fixture.Events.ShouldHaveSingleItem().Body).ShouldNotBeNull().FirstFailureAt.ShouldBe(_fixture.Clock.Now);
        (await _fixture.RunAsync("list", "--json")).Ids.ShouldBeEmpty();
    }

    [Fact]
    public async Task Release_parks_a_letter_that_a_person_has_to_decide_about()
    {
        await _fixture.ThrottleAsync("aaaa", DeadLetterReason.Invalid);

        (await _fixture.RunAsync("release", "--json")).Ids.ShouldBe(["aaaa"]);

        _fixture.Events.ShouldBeEmpty();
        (await _fixture.RunAsync("list", "--json", "--queue", "rejected")).Ids.ShouldBe(["aaaa"]);
        (await _fixture.RunAsync("list", "--json", "--queue", "throttled")).Ids.ShouldBeEmpty();
    }

    [Fact]
    public async Task Connection_that_these_settings_do_not_have_is_no_mistake()
    {
        await _fixture.RejectAsync("aaaa", connection: "elsewhere");

        (await _fixture.RunAsync("list", "--json", "--connection", "elsewhere")).Ids.ShouldBe(["aaaa"]);
    }

    [Fact]
    public async Task Operator_without_the_role_is_told_which()
    {
        await _fixture.RejectAsync("aaaa");
        _fixture.ServiceBus.RefusesLink = _ => new Error(ErrorCode.UnauthorizedAccess) { Description = "Refused." };

        var result = await _fixture.RunAsync("redrive");

        (result.ExitCode, result.Output).ShouldBe((1, ""));
        result.Error.ShouldContain("give your account the roles Azure Service Bus Data Sender and Azure Service Bus Data Receiver");
    }

    [Theory]
    [InlineData("Endpoint=sb://relay.servicebus.windows.net;SharedAccessKey=SECRETMARKER")]
    [InlineData("https://relay.servicebus.windows.net/")]
    [InlineData("relay")]
    public async Task Wrong_namespace_exits_with_2_and_is_not_repeated(string host)
    {
        var result = await CliRun.RunAsync(TestSettings.With(), "dead-letters", "list", "--namespace", host);

        result.ShouldBe(new CliResult(2, "", "--namespace is wrong: it should be the namespace's host, such as relay.servicebus.windows.net.\n--help tells what there is.\n"));
    }
}

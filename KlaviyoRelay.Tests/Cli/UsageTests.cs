using KlaviyoRelay.Cli;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Tests.Cli;

public sealed class UsageTests
{
    private readonly CliFixture _fixture = new();

    [Theory]
    [InlineData("list --reason slow", "--reason is 'slow': it should be some of throttled, unavailable, throttled-too-long, invalid, unauthorized, forbidden, customer-not-found, not-configured, outdated, MaxDeliveryCountExceeded, TTLExpiredException, HeaderSizeExceeded, MaxTransferHopCountExceeded, separated by commas.")]
    [InlineData("list --max 0", "--max is '0': it should be a number from 1.")]
    [InlineData("list --queue poison", "--queue is 'poison': it should be throttled or rejected; with --namespace also put-away-events, put-away-records, put-away-throttled, put-away-rejected.")]
    [InlineData("list --queue put-away-events", "--queue is 'put-away-events': only a relay on Azure has it, so add --namespace.")]
    [InlineData("release --queue put-away-events --namespace 127.0.0.1", "--queue is 'put-away-events': it should be throttled.")]
    [InlineData("release --queue rejected", "--queue is 'rejected': it should be throttled.")]
    [InlineData("purge", "purge asks before it deletes, and there is no terminal to ask on: add --yes.")]
    [InlineData("lst", "'lst' is no command or option.")]
    [InlineData("list --colour", "'--colour' is no command or option.")]
    [InlineData("show", "Required argument 'id' missing for command: 'show'.")]
    public async Task Wrong_usage_exits_with_2_and_says_what_is_allowed(string args, string expected)
    {
        var result = await _fixture.RunAsync(args.Split(' '));

        result.ShouldBe(new CliResult(2, "", $"{expected}\n--help tells what there is.\n"));
    }

    [Fact]
    public async Task Missing_setting_exits_with_1_and_names_it()
    {
        var result = await CliRun.RunAsync(
            () => throw new OptionsValidationException("", typeof(string), ["AzureWebJobsStorage is missing."]), TimeProvider.System, ["dead-letters", "list"]);

        result.ShouldBe(new CliResult(1, "", "AzureWebJobsStorage is missing.\n"));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("--urls http://127.0.0.1:7071", false)]
    [InlineData("--urls=http://127.0.0.1:7071", false)]
    [InlineData("Relay:Delivery:BatchBudget=00:01:00", false)]
    [InlineData("--LocalHost:Lock=00:00:10 --urls http://127.0.0.1:7071", false)]
    [InlineData("--Relay__Delivery__BulkThreshold=0", false)]
    [InlineData("--AzureWebJobs.RelayConversationEvents.Disabled=true", false)]
    [InlineData("--bogus", true)]
    [InlineData("--bogus=1", true)]
    [InlineData("--version", true)]
    [InlineData("-v", true)]
    [InlineData("/bogus", true)]
    [InlineData("--Bogus:Setting=1", true)]
    [InlineData("--urls", true)]
    [InlineData("--urls check", true)]
    [InlineData("--url=http://127.0.0.1:7071", true)]
    [InlineData("--urls http://127.0.0.1:7071 --bogus", true)]
    [InlineData("--help", true)]
    [InlineData("dead-letters list", true)]
    [InlineData("dead-leters", true)]
    public void Program_runs_the_relay_when_there_is_no_verb(string args, bool isCommand) =>
        RelayCommands.IsMeantBy(args.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ShouldBe(isCommand);

    [Theory]
    [InlineData("--bogus")]
    [InlineData("--bogus=1")]
    [InlineData("-v")]
    [InlineData("/bogus")]
    [InlineData("--Bogus:Setting=1")]
    [InlineData("--urls http://127.0.0.1:7071 --bogus")]
    public async Task Word_that_is_nothing_exits_with_2_and_starts_no_relay(string args)
    {
        var result = await CliRun.RunAsync(TestSettings.With(), args.Split(' '));

        result.ShouldBe(new CliResult(2, "", $"'{args.Split(' ')[^1]}' is no command or option.\n--help tells what there is.\n"));
    }

    [Fact]
    public async Task Version_is_a_line_on_the_output()
    {
        var result = await CliRun.RunAsync(TestSettings.With(), "--version");

        (result.ExitCode, result.Error).ShouldBe((0, ""));
        result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem().ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [InlineData("list --connection gladdly", "--connection is 'gladdly': it should be one of gladly, kustomer.")]
    [InlineData("list --connection GLADLY --json", "--connection is 'GLADLY': it should be one of gladly, kustomer.")]
    [InlineData("release --account mian", "--account is 'mian': it should be one of main.")]
    [InlineData("redrive --connection gladdly", "--connection is 'gladdly': it should be one of gladly, kustomer.")]
    [InlineData("purge --yes --connection gladdly", "--connection is 'gladdly': it should be one of gladly, kustomer.")]
    [InlineData("show 3f2c --connection gladdly", "--connection is 'gladdly': it should be one of gladly, kustomer.")]
    public async Task Name_that_is_not_configured_exits_with_2_and_lists_those_that_are(string args, string expected)
    {
        var result = await CliRun.RunAsync(TestSettings.With(), ["dead-letters", .. args.Split(' ')]);

        result.ShouldBe(new CliResult(2, "", $"{expected}\n"));
    }

    [Fact]
    public async Task Help_shows_the_host_and_the_verbs()
    {
        var result = await CliRun.RunAsync(() => _fixture.Client, TimeProvider.System, ["--help"]);

        result.ExitCode.ShouldBe(0);
        result.Output.ShouldContain("--urls");
        result.Output.ShouldContain("dead-letters");
    }
}

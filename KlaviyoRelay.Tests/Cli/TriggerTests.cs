using KlaviyoRelay.Simulator.Webhooks;
using KlaviyoRelay.Tests.Fuzz;
using KlaviyoRelay.Tests.LocalHost.Http;
using Microsoft.Extensions.Configuration;

namespace KlaviyoRelay.Tests.Cli;

/// <summary>The samples go to a relay over real HTTP. Its settings have a connection for each helpdesk and for each way of signing.</summary>
public sealed class TriggerTests : IAsyncLifetime
{
    private readonly InMemoryQueue _queue = new();
    private LoopbackRelay? _relay;

    private string Address => $"{(_relay ?? throw new InvalidOperationException("The relay has not been started.")).Http.BaseAddress}";

    public async ValueTask InitializeAsync() => _relay = await LoopbackRelay.StartAsync(_queue, FuzzSettings.Differences);

    public async ValueTask DisposeAsync()
    {
        if (_relay is not null)
        {
            await _relay.DisposeAsync();
        }
    }

    [Fact]
    public async Task Every_sample_is_taken_by_the_relay()
    {
        foreach (var sample in SampleWebhooks.Names)
        {
            var result = await RunAsync(sample, "--connection", SampleWebhooks.HelpdeskOf(sample), "--email", "ann@shop.example");

            (result.ExitCode, result.Error).ShouldBe((0, ""), sample);
            result.Output.ShouldStartWith($"{sample}, conversation ");
        }
    }

    [Theory]
    [InlineData("gladly.created")]
    [InlineData("gladly.closed")]
    [InlineData("kustomer.reopened")]
    [InlineData("kustomer.rated")]
    [InlineData("zendesk.solved")]
    [InlineData("freshdesk.opened")]
    [InlineData("gorgias.closed")]
    [InlineData("intercom.reopened")]
    [InlineData("standard.rated")]
    public async Task Sample_tells_of_the_conversation_that_is_named(string sample)
    {
        var result = await RunAsync(sample, "--connection", SampleWebhooks.HelpdeskOf(sample), "--conversation", "4242", "--email", "ann@shop.example");

        result.Output.ShouldStartWith($"{sample}, conversation 4242: queued as ");
        var queued = _queue.Fresh.ShouldHaveSingleItem().Body;
        queued.ShouldContain("4242");
        queued.Contains("ann@shop.example", StringComparison.Ordinal).ShouldBe(!SampleWebhooks.IsAskedForCustomers(sample));
    }

    [Fact]
    public async Task Made_up_email_is_not_sent_where_events_go_to_a_real_Klaviyo()
    {
        var result = await RunAsync("zendesk.created", "--connection", "zendesk");

        result.ShouldBe(new CliResult(1, "", "The webhook would have a made-up email, which would become a profile in Klaviyo: give one of yours with --email.\n"));
        _queue.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Sample_is_signed_in_every_way_that_a_connection_can_ask_for()
    {
        foreach (var kind in FuzzCredentials.Kinds)
        {
            var result = await RunAsync("gladly.created", "--connection", FuzzCredentials.ConnectionOf(kind));

            (result.ExitCode, result.Error).ShouldBe((0, ""), kind);
        }
    }

    [Fact]
    public async Task Secret_of_another_relay_comes_from_the_environment_or_the_input()
    {
        (await RunAsync(["gladly.created", "--connection", "basic"], variable: "another")).Error.ShouldContain("401: the relay refused the credentials.");
        (await RunAsync(["gladly.created", "--connection", "basic", "--secret-stdin"], input: "another\n")).Error.ShouldContain("401: the relay refused the credentials.");
        (await RunAsync(["gladly.created", "--connection", "basic", "--secret-stdin"], variable: "another", input: $"{FuzzCredentials.Secret}\n")).ExitCode.ShouldBe(0);
        (await RunAsync(["gladly.created", "--connection", "basic", "--secret-stdin"])).Error.ShouldBe("There is no secret on the input: --secret-stdin reads its first line.\n");
    }

    [Theory]
    [InlineData("gladly.shut", "'gladly.shut' is no sample: it should be one of ")]
    [InlineData("", "Say which sample, or --list.")]
    [InlineData("gladly.closed --to http://relay.example.com", "--to is 'http://relay.example.com': it should be an https:// address")]
    [InlineData("gladly.closed --secret abc", "'--secret' is no command or option.")]
    public async Task Wrong_usage_exits_with_2_and_says_what_is_allowed(string args, string expected)
    {
        var result = await CliRun.RunAsync(TestSettings.With(), ["trigger", .. args.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        (result.ExitCode, result.Output).ShouldBe((2, ""));
        result.Error.ShouldStartWith(expected);
    }

    [Theory]
    [InlineData("gladly.created", "Several connections are of gladly: say which one with --connection: ")]
    [InlineData("gladly.created --connection nobody", "'nobody' is no connection of the settings")]
    public async Task Connection_is_asked_for_when_it_is_not_known(string args, string expected)
    {
        var result = await RunAsync(args.Split(' '));

        (result.ExitCode, result.Output).ShouldBe((1, ""));
        result.Error.ShouldStartWith(expected);
    }

    [Fact]
    public async Task List_names_every_sample() => (await CliRun.RunAsync(TestSettings.With(), "trigger", "--list")).Output.ShouldBe(string.Concat(SampleWebhooks.Names.Select(name => $"{name}\n")));

    [Fact]
    public async Task Relay_that_does_not_answer_is_named()
    {
        var result = await CliRun.RunAsync(Settings(), "trigger", "gladly.created", "--connection", "basic", "--to", "http://127.0.0.1:1");

        result.ShouldBe(new CliResult(1, "", "No relay answers at http://127.0.0.1:1/. Start it (make run), or say where it is: --to ADDRESS.\n"));
    }

    private static IConfiguration Settings() => TestSettings.With([("AzureWebJobsStorage", "UseDevelopmentStorage=true"), .. FuzzSettings.Differences]);

    private Task<CliResult> RunAsync(params string[] args) => RunAsync(args, variable: null);

    private Task<CliResult> RunAsync(string[] args, string? variable = null, string input = "") => CliRun.RunAsync(
        () => throw new InvalidOperationException("This command should read no queue."),
        TimeProvider.System,
        ["trigger", .. args, "--to", Address],
        settings: Settings(),
        change: context => context with { Input = new StringReader(input), Environment = name => name == "RELAY_WEBHOOK_SECRET" ? variable : null });
}

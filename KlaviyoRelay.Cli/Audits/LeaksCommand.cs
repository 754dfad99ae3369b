using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Core.Audit;
using KlaviyoRelay.Core.Audit.Leaks;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Cli.Audits;

/// <summary>The verb <c>leaks</c>: who got a message in the middle of a conversation.</summary>
internal sealed class LeaksCommand(CliContext context)
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private readonly AccountOption _account = new(context.Error);
    private readonly Option<string> _since = new("--since") { Description = $"From when on: {GivenTime.Forms}.", HelpName = "time", DefaultValueFactory = _ => "7d" };
    private readonly Option<string?> _state = new("--state") { Description = "The file that a search is kept in until it has ended; leaks-{account}.json without it.", HelpName = "file" };
    private readonly Option<bool> _json = new("--json") { Description = "Write the result as JSON, with Klaviyo's ids of the profiles." };

    public Command Create()
    {
        var command = new DocumentedCommand("leaks", "Tell which messages customers got between the opening and the closing of a conversation. Ids and counts only; changes nothing.", CommandHelp.Leaks) { _account.Option, _since, _state, _json };
        _since.Validators.Add(result =>
        {
            if (result.Tokens is [var text] && GivenTime.Parse(text.Value, context.Clock.GetUtcNow()) is not { } time)
            {
                result.AddError($"--since is '{text.Value}': it should be {GivenTime.Forms}.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var services = context.Compose();
        services.GetRequiredService<IStartupValidator>().Validate();
        if (await _account.FindAsync(parsed, services.GetRequiredService<AccountAudit>()) is not { } name)
        {
            return ExitCode.WrongUsage;
        }

        var now = Whole(context.Clock.GetUtcNow());
        var file = new LeakStateFile(parsed.GetValue(_state) ?? $"leaks-{name}.json");
        var since = parsed.GetRequiredValue(_since);
        var state = file.Find(name, since, now);
        if (state is not null)
        {
            await context.Error.WriteLineAsync(Text($"Goes on from {CliTime.Text(state.At)}, where a search that ends at {CliTime.Text(state.Until)} was broken off ({file.Path})."));
        }

        state ??= LeakState.Begin(name, Whole(GivenTime.Parse(since, now) ?? now), now);
        var result = await services.GetRequiredService<AccountLeaks>().RunAsync(state, Longest, kept => KeepAsync(file, since, kept), cancellationToken);
        if (!result.IsSuccess)
        {
            await context.Error.WriteLineAsync($"The search was broken off: {result.Failure.Detail} Run the command again, and it goes on. The key needs events:read, metrics:read and flows:read (docs/audit.md).");
            return ExitCode.Failed;
        }

        file.Delete();
        if (parsed.GetValue(_json))
        {
            await context.Output.WriteLineAsync(JsonSerializer.Serialize(result.Value, CliJson.Readable.LeakReport));
        }
        else
        {
            new LeakTable(context.Console).Write(result.Value);
        }

        return result.Value.Ok ? ExitCode.Done : ExitCode.Failed;
    }

    private async Task KeepAsync(LeakStateFile file, string since, LeakState state)
    {
        await file.WriteAsync(since, state);
        await context.Error.WriteLineAsync(Text($"Read to {CliTime.Text(state.At)} of {CliTime.Text(state.Until)}: {state.Events} events, {state.Requests} requests"));
    }

    // Klaviyo keeps times to the second.
    private static DateTimeOffset Whole(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System.CommandLine;
using System.Text.Json;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Core.Audit;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Cli.Audits;

/// <summary>The verb <c>audit</c>: which flows and campaigns would mail a customer in conversation.</summary>
internal sealed class AuditCommand(CliContext context)
{
    // 48 flows are read in a minute.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    public Command Create()
    {
        var account = new Option<string?>("--account") { Description = "The Klaviyo account, as the settings name it; not needed where there is one.", HelpName = "account" };
        var json = new Option<bool>("--json") { Description = "Write the result as JSON." };
        var command = new DocumentedCommand("audit", "Tell which flows and scheduled campaigns would mail a customer in conversation. Changes nothing.", CommandHelp.Audit) { account, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(account), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(string? account, bool isJson, CancellationToken cancellationToken)
    {
        await using var services = context.Compose();
        services.GetRequiredService<IStartupValidator>().Validate();
        var audit = services.GetRequiredService<AccountAudit>();
        if ((account ?? (audit.Accounts is [var only] ? only : null)) is not { } name || !audit.Accounts.Contains(name, StringComparer.Ordinal))
        {
            await context.Error.WriteLineAsync($"--account is {(account is null ? "missing" : $"'{account}'")}: it should be an account that a connection feeds, one of {string.Join(", ", audit.Accounts)}.");
            return ExitCode.WrongUsage;
        }

        var result = await audit.RunAsync(name, Longest, new AuditMeter(context.Error), cancellationToken);
        if (!result.IsSuccess)
        {
            await context.Error.WriteLineAsync($"The account {name} could not be audited: {result.Failure.Detail} The key needs flows:read, campaigns:read, segments:read and metrics:read (docs/audit.md).");
            return ExitCode.Failed;
        }

        if (isJson)
        {
            await context.Output.WriteLineAsync(JsonSerializer.Serialize(result.Value, CliJson.Readable.AuditReport));
        }
        else
        {
            new AuditTable(context.Console).Write(result.Value);
        }

        return result.Value.Ok ? ExitCode.Done : ExitCode.Failed;
    }
}

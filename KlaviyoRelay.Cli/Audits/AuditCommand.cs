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

    private readonly AccountOption _account = new(context.Error);

    public Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Write the result as JSON." };
        var relay = LatenessClient.Option();
        var command = new DocumentedCommand("audit", "Tell which flows and scheduled campaigns would mail a customer in conversation. Changes nothing.", CommandHelp.Audit) { _account.Option, relay, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, parsed.GetRequiredValue(relay), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, Uri relay, bool isJson, CancellationToken cancellationToken)
    {
        await using var services = context.Compose();
        services.GetRequiredService<IStartupValidator>().Validate();
        var audit = services.GetRequiredService<AccountAudit>();
        if (await _account.FindAsync(parsed, audit) is not { } name)
        {
            return ExitCode.WrongUsage;
        }

        var result = await audit.RunAsync(name, Longest, new AuditMeter(context.Error), cancellationToken);
        if (!result.IsSuccess)
        {
            await context.Error.WriteLineAsync($"The account {name} could not be audited: {result.Failure.Detail} The key needs flows:read, campaigns:read, segments:read and metrics:read (docs/audit.md).");
            return ExitCode.Failed;
        }

        var (lateness, said) = await LatenessClient.FindAsync(relay, name, cancellationToken);
        var report = result.Value with { Lateness = lateness };
        if (isJson)
        {
            await context.Output.WriteLineAsync(JsonSerializer.Serialize(report, CliJson.Readable.AuditReport));
        }
        else
        {
            new AuditTable(context.Console).Write(report);
            await context.Error.WriteLineAsync(said);
        }

        return report.Ok ? ExitCode.Done : ExitCode.Failed;
    }
}

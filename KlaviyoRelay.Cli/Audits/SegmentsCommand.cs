using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Core.Audit;
using KlaviyoRelay.Core.Audit.Segments;
using KlaviyoRelay.Core.Http;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Cli.Audits;

/// <summary>The verb <c>segments create</c>: shows what is missing, asks, and makes it.</summary>
internal sealed class SegmentsCommand(CliContext context)
{
    // Klaviyo takes 15 new segments a minute and 100 a day.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(20);

    private readonly AccountOption _account = new(context.Error);
    private readonly Option<bool> _json = new("--json") { Description = "Write the result as JSON." };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only tell what there is and what is missing." };
    private readonly Option<bool> _repair = new("--repair") { Description = "Give segments whose conditions were changed the wanted ones back." };
    private readonly Option<bool> _yes = new("--yes") { Description = "Do not ask before." };

    public Command Create()
    {
        var create = new DocumentedCommand("create", "Make the segments of customers in conversation, of all others, and of unhappy ones.", CommandHelp.Segments) { _account.Option, _dryRun, _repair, _yes, _json };
        create.Validators.Add(result =>
        {
            if (context.Confirm is null && !result.GetValue(_yes) && !result.GetValue(_dryRun))
            {
                result.AddError("create asks before it makes segments, and there is no terminal to ask on: add --yes, or --dry-run.");
            }
        });
        create.SetAction(RunAsync);
        return new DocumentedCommand("segments", "The segments that campaigns leave out, in Klaviyo.", CommandHelp.Segments) { create };
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var services = context.Compose();
        services.GetRequiredService<IStartupValidator>().Validate();
        if (await _account.FindAsync(parsed, services.GetRequiredService<AccountAudit>()) is not { } name)
        {
            return ExitCode.WrongUsage;
        }

        var (segments, budget) = (services.GetRequiredService<AccountSegments>(), new BatchBudget(context.Clock, Longest));
        var plan = await segments.PlanAsync(name, budget, cancellationToken);
        if (!plan.IsSuccess)
        {
            await context.Error.WriteLineAsync($"The segments of the account {name} could not be read: {plan.Failure.Detail} The key needs segments:read, segments:write and metrics:read (docs/audit.md).");
            return ExitCode.Failed;
        }

        var (missing, differing) = (plan.Value.Count(SegmentState.Missing), parsed.GetValue(_repair) ? plan.Value.Count(SegmentState.Differs) : 0);
        var isPlanOnly = parsed.GetValue(_dryRun) || missing + differing == 0;
        if (!isPlanOnly && !parsed.GetValue(_yes))
        {
            new SegmentTable(context.Console).Write(plan.Value);
            isPlanOnly = context.Confirm is not { } confirm || !await confirm($"{Todo(missing, differing)} [y/N] ", cancellationToken);
        }

        var report = isPlanOnly ? plan.Value : await segments.ApplyAsync(plan.Value, parsed.GetValue(_repair), budget, cancellationToken);
        await WriteAsync(report, parsed.GetValue(_json));
        return report.Ok ? ExitCode.Done : ExitCode.Failed;
    }

    private async Task WriteAsync(SegmentReport report, bool isJson)
    {
        if (isJson)
        {
            await context.Output.WriteLineAsync(JsonSerializer.Serialize(report, CliJson.Readable.SegmentReport));
            return;
        }

        new SegmentTable(context.Console).Write(report);
        if (report.Count(SegmentState.Created) + report.Count(SegmentState.Repaired) > 0)
        {
            await context.Error.WriteLineAsync("Klaviyo computes the members in the background: expect about ten minutes until they are all there.");
        }
    }

    private static string Todo(int missing, int differing) => string.Join(' ', new[]
    {
        missing > 0 ? string.Create(CultureInfo.InvariantCulture, $"Create {missing} segment(s)?") : null,
        differing > 0 ? string.Create(CultureInfo.InvariantCulture, $"Overwrite the conditions of {differing} segment(s)?") : null,
    }.OfType<string>());
}

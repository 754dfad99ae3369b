using System.CommandLine;
using System.Text.Json;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Records.Mapping;

namespace KlaviyoRelay.Cli.Syncs;

/// <summary>The verb <c>sync preview</c>: what the first rows of a file become. It sends nothing.</summary>
internal sealed class PreviewCommand(CliContext context)
{
    private const int MaxRows = 20;

    public Command Create()
    {
        var (name, file, json) = (SyncArguments.Name(), SyncArguments.Rows(), SyncArguments.Json());
        var command = new DocumentedCommand(
            "preview",
            "Show what the first 20 rows of a file become. Sends nothing.",
            CommandHelp.OnSyncs(
                ("scripts/relay sync preview leads --file leads.csv", "As Klaviyo would get them."),
                ("scripts/relay sync preview leads --file leads.csv --json | jq '.rows[].warnings'", "For a program."))) { name, file, json };
        command.SetAction((parsed, cancellationToken) => SyncVerb.RunAsync(
            context, parsed.GetRequiredValue(name), hand => RunAsync(hand, parsed.GetRequiredValue(file), parsed.GetValue(json), cancellationToken)));
        return command;
    }

    private async Task<int> RunAsync(SyncInHand hand, RowsFile file, bool isJson, CancellationToken cancellationToken)
    {
        await using var rows = file.Read(hand.Sync);
        var mapper = new RowMapper(hand.Sync, context.Clock);
        var previewed = new List<PreviewedRow>();
        while (previewed.Count < MaxRows && await rows.ReadAsync(cancellationToken) is { } row)
        {
            previewed.Add(PreviewedRow.Of(mapper.Map(row)));
        }

        if (rows.Refusal is { } refusal)
        {
            await context.Error.WriteLineAsync($"The rows can't be read. {refusal.Message}");
            return ExitCode.Failed;
        }

        if (isJson)
        {
            await context.Output.WriteLineAsync(JsonSerializer.Serialize(new PreviewJson(hand.Sync.Name, previewed), CliJson.Readable.PreviewJson));
        }
        else
        {
            await WriteAsync(previewed);
        }

        return ExitCode.Done;
    }

    private async Task WriteAsync(List<PreviewedRow> rows)
    {
        foreach (var row in rows)
        {
            var what = row switch
            {
                { Rejected: { } rejected } => $"rejected, {rejected.Column ?? "no column"}: {rejected.Reason}. {rejected.Detail}",
                { Json: { } json } => json.GetRawText(),
                _ => $"leaves the list: {row.Identifiers?.Trusted}",
            };
            await context.Output.WriteLineAsync($"Row {row.Row}: {what}");
            foreach (var warning in row.Warnings)
            {
                await context.Output.WriteLineAsync($"       warning, {warning.Column ?? "no column"}: {warning.Detail}");
            }
        }

        await context.Output.WriteLineAsync($"{rows.Count(row => row.Rejected is null)} of the first {rows.Count} row(s) would be sent. Nothing was sent.");
    }
}

/// <summary>The first rows, for a program to read.</summary>
internal sealed record PreviewJson(string Sync, IReadOnlyList<PreviewedRow> Rows);

/// <summary>What a row becomes.</summary>
/// <param name="Row">Its number.</param>
/// <param name="Identifiers">Whose it is; null when it is rejected.</param>
/// <param name="Json">The entry as Klaviyo gets it; null when it is rejected, or leaves a list.</param>
/// <param name="Rejected">Why it is not sent; null when it is.</param>
/// <param name="Warnings">What is left out.</param>
internal sealed record PreviewedRow(int Row, Identifiers? Identifiers, JsonElement? Json, RowRejection? Rejected, IReadOnlyList<RowWarning> Warnings)
{
    public static PreviewedRow Of(RowResult result) => result switch
    {
        RowResult.Mapped mapped => new PreviewedRow(mapped.Row, mapped.Identifiers, Parse(mapped.Json), Rejected: null, mapped.Warnings),
        RowResult.Rejected { Rejection: var rejection } => new PreviewedRow(rejection.Row, Identifiers: null, Json: null, rejection, []),
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, "A row is mapped or rejected."),
    };

    private static JsonElement? Parse(ReadOnlyMemory<byte> json) => json.IsEmpty ? null : JsonElement.Parse(json.Span);
}

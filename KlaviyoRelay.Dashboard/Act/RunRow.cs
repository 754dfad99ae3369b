using System.Text.Json;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Records.Mapping;
using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Texts;

namespace KlaviyoRelay.Dashboard.Act;

/// <summary>What is synced, and the last runs.</summary>
internal sealed record RunList(IReadOnlyList<SyncRow> Syncs, IReadOnlyList<RunRow> Runs);

/// <summary>A sync: what its rows become, of which columns, and whether rows can be uploaded.</summary>
internal sealed record SyncRow(string Name, string Makes, string Account, string Target, IReadOnlyList<string> Columns, bool TakesRows)
{
    public static SyncRow Of(Sync sync) => new(
        sync.Name, SyncObjects.NameOf(sync.Object), sync.Account, sync.Object == SyncObject.Events ? sync.EventName : sync.List, sync.Mapping.Columns, sync.TakesRows);
}

/// <summary>A run, and its rows by bucket.</summary>
internal sealed record RunRow(
    string Sync, string Account, string Run, string Status, DateTimeOffset AcceptedAt, DateTimeOffset? EndedAt, int Parts, RunCounts Rows, IReadOnlyList<string> Notes)
{
    public static RunRow Of(Sync sync, RunReport run) => new(
        run.Sync,
        sync.Account,
        run.Run,
        run.Status switch { RunStatus.Reading => "reading", RunStatus.Sending => "sending", _ => "ended" },
        run.AcceptedAt,
        run.EndedAt,
        run.Parts.Count,
        run.Rows,
        run.Notes);
}

/// <summary>A run, the first rows of which something is said, and how many there are.</summary>
internal sealed record RunDetail(RunRow Run, IReadOnlyList<RunLine> Lines, int Total)
{
    private const int MaxLines = 200;

    public static RunDetail Of(Sync sync, RunReport run, IReadOnlyList<ResultLine> lines) =>
        new(RunRow.Of(sync, run), [.. lines.Take(MaxLines).Select(RunLine.Of)], lines.Count);
}

/// <summary>A row that was rejected or warned of. Emails and phone numbers are masked.</summary>
internal sealed record RunLine(int Part, int Row, string Outcome, string? Column, string? Reason, string Detail, string? Who)
{
    public static RunLine Of(ResultLine line) => new(
        line.Body, line.Row, line.Outcome, line.Column, line.Reason, QuotedMask.Apply(EmailMask.Apply(line.Detail)), (line.Email ?? line.Phone ?? line.ExternalId) is { } who ? EmailMask.Apply(who) : null);
}

internal sealed record RowPreview(IReadOnlyList<PreviewRow> Rows);

/// <summary>What a row would become: whose it is (masked) and which members it has; or why it is rejected. The values stay away.</summary>
internal sealed record PreviewRow(int Row, string? Who, IReadOnlyList<string> Members, string? Rejected, IReadOnlyList<string> Warnings)
{
    public static PreviewRow Of(RowResult result) => result switch
    {
        RowResult.Mapped mapped => new PreviewRow(
            mapped.Row, Masked(mapped.Identifiers), MembersOf(mapped.Json), Rejected: null, [.. mapped.Warnings.Select(warning => Text(warning.Column, warning.Detail))]),
        RowResult.Rejected { Rejection: var rejection } => new PreviewRow(rejection.Row, Who: null, [], $"{rejection.Reason}: {Text(rejection.Column, rejection.Detail)}", []),
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, "A row is mapped or rejected."),
    };

    private static string? Masked(Identifiers identifiers) => identifiers.Trusted is { } who ? EmailMask.Apply(who) : null;

    private static string Text(string? column, string detail) => QuotedMask.Apply(EmailMask.Apply(column is null ? detail : $"{column}: {detail}"));

    private static IReadOnlyList<string> MembersOf(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
        {
            return [];
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("attributes", out var attributes) && attributes.ValueKind == JsonValueKind.Object ? [.. Names(attributes)] : [];
    }

    // Custom properties are a level below.
    private static IEnumerable<string> Names(JsonElement attributes) => attributes.EnumerateObject().SelectMany(member =>
        member is { Name: "properties", Value.ValueKind: JsonValueKind.Object } ? member.Value.EnumerateObject().Select(property => property.Name) : [member.Name]);
}

/// <summary>The run that an upload has begun.</summary>
internal sealed record UploadedRun(string Sync, string Run);

using System.Globalization;
using KlaviyoRelay.Core.Records.Readers;

namespace KlaviyoRelay.Core.Records.Receiving;

/// <summary>What a request about rows shows.</summary>
/// <param name="Authorization">Its header.</param>
/// <param name="HasFunctionKey">Whether the Functions host has seen a key of the function app.</param>
public sealed record RowsCredential(string? Authorization, bool HasFunctionKey = false);

/// <summary>A request that brings rows.</summary>
/// <param name="Sync">The sync that its address names.</param>
/// <param name="Credential">What it shows.</param>
/// <param name="ContentType">What its body is.</param>
/// <param name="ContentEncoding">How its body is packed.</param>
/// <param name="IdempotencyKey">What names a run of one body; null: the body does.</param>
/// <param name="Body">The body.</param>
public sealed record RowsRequest(string Sync, RowsCredential Credential, string? ContentType, string? ContentEncoding, string? IdempotencyKey, Stream Body)
{
    /// <summary>The most bodies of a run.</summary>
    public const int MaxParts = 1000;

    /// <summary>The longest name of a run.</summary>
    public const int MaxName = 200;

    /// <summary>The sender's own name for a run of several bodies; null: the run has this body alone.</summary>
    public string? Run { get; init; }

    /// <summary>Which of the run's bodies it is, as the request says it; null: the first.</summary>
    public string? Part { get; init; }

    /// <summary>Which of the run's bodies it is; null when the request says it wrongly.</summary>
    public int? PartNumber => (Run, Part) switch
    {
        (null, null) => 1,
        ({ Length: > 0 and <= MaxName }, null) => 1,
        ({ Length: > 0 and <= MaxName }, _) when int.TryParse(Part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MaxParts => number,
        _ => null,
    };

    /// <summary>How the rows are written; null for a type that is not known.</summary>
    public RowFormat? Format => ContentType?.Split(';')[0].Trim().ToLowerInvariant() switch
    {
        "text/csv" => RowFormat.Csv,
        "application/json" or "application/x-ndjson" or "application/ndjson" or "application/jsonl" => RowFormat.Json,
        _ => null,
    };

    /// <summary>Whether the body is packed with gzip; null for another packing.</summary>
    public bool? IsGzip => ContentEncoding?.Trim().ToLowerInvariant() switch
    {
        null or "" or "identity" => false,
        "gzip" => true,
        _ => null,
    };
}

/// <summary>What became of a request that brings rows.</summary>
public abstract record RowsOutcome
{
    private RowsOutcome()
    {
    }

    /// <summary>The store has the rows, and the queue has the run.</summary>
    public sealed record Accepted(string Run) : RowsOutcome;

    /// <summary>There is no such sync.</summary>
    public sealed record UnknownSync : RowsOutcome;

    /// <summary>The secret is missing or wrong.</summary>
    public sealed record Unauthorized : RowsOutcome;

    /// <summary>The body is of a type or packing that is not known.</summary>
    public sealed record WrongType : RowsOutcome;

    /// <summary>The request says wrongly which part of which run it brings.</summary>
    public sealed record WrongPart : RowsOutcome;

    /// <summary>Another body has come as this part of the run.</summary>
    public sealed record PartIsTaken : RowsOutcome;

    /// <summary>The rows can't be taken.</summary>
    public sealed record Refused(RowsRefusal Refusal) : RowsOutcome;

    /// <summary>Nothing was taken, because something that is needed for it is away.</summary>
    public sealed record Unavailable(string Detail) : RowsOutcome;
}

using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Records.Changes;

namespace KlaviyoRelay.Core.Records.Sources;

/// <summary>The query of a sync as its settings, which have been validated, describe it.</summary>
public sealed class SqlQuery(SqlOptions options)
{
    /// <summary>The name of the parameter that says where the rows begin.</summary>
    public const string From = "from";

    private readonly string _text = Trim(options.Query);

    public CronSchedule Schedule { get; } = CronSchedule.Parse(options.Schedule);

    public SourceMode Mode { get; } = Enum.Parse<SourceMode>(options.Mode, ignoreCase: true);

    public string ConnectionStringSecret => options.ConnectionStringSecret;

    public TimeSpan CommandTimeout => options.CommandTimeout;

    public bool DeletesLeft => options.DeleteLeft;

    public bool AllowsLargeDelete => options.AllowLargeDelete;

    /// <summary>Whether a result is compared with the last one.</summary>
    public bool IsCompared => Mode == SourceMode.Changed || DeletesLeft;

    /// <summary>The column that orders the rows; null for no order.</summary>
    public string? OrderColumn => (Mode == SourceMode.Since ? options.SinceColumn : options.OrderColumn) is { Length: > 0 } column ? column : null;

    /// <summary>A query without the semicolon at its end.</summary>
    public static string Trim(string query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return query.Trim().TrimEnd(';').TrimEnd();
    }

    /// <summary>The statement. The query is a part of it, so it can only be one that reads.</summary>
    /// <param name="mark">Up to where earlier runs have read; null for the first.</param>
    /// <param name="after">The last value of the order column that this run has read; null at its beginning.</param>
    /// <returns>The text, and the value of its parameter <see cref="From"/>; null when it has none.</returns>
    public (string Text, string? From) Statement(SinceMark? mark, string? after)
    {
        // The line break ends a comment at the query's end.
        var text = $"select * from (\n{_text}\n) as query_rows";
        if (OrderColumn is not { } order)
        {
            return (text, null);
        }

        var column = $"\"{order.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        var start = Mode == SourceMode.Since ? mark?.Minus(options.Overlap, options.NumberOverlap).ToString() : null;
        var (where, from) = after is not null ? ($" where {column} > @{From}", after)
            : start is not null ? ($" where {column} >= @{From}", start)
            : Mode == SourceMode.Since ? ($" where {column} is not null", null)
            : ("", (string?)null);
        return ($"{text}{where} order by {column}", from);
    }
}

namespace KlaviyoRelay.Core.Records.Sources;

/// <summary>A query that brings a sync its rows by a schedule: <c>Relay__Syncs__{sync}__Sql__...</c>.</summary>
public sealed class SqlOptions
{
    /// <summary>One statement. Its columns are those that the sync maps.</summary>
    public string Query { get; set; } = "";

    /// <summary>Name of the secret that holds the connection string of the PostgreSQL database.</summary>
    public string ConnectionStringSecret { get; set; } = "";

    /// <summary>When the query runs: second, minute, hour, day, month, weekday in UTC, or without the second.</summary>
    public string Schedule { get; set; } = "";

    /// <summary>Which rows are sent: <c>full</c>, <c>changed</c> or <c>since</c>, a <see cref="SourceMode"/>.</summary>
    public string Mode { get; set; } = "full";

    /// <summary>The column whose greatest value is where the next run begins; for <c>since</c> only, which needs it.</summary>
    public string SinceColumn { get; set; } = "";

    /// <summary>How far before the greatest time the next run begins; for <c>since</c>.</summary>
    public TimeSpan Overlap { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How far before the greatest number the next run begins; for <c>since</c>.</summary>
    public int NumberOverlap { get; set; } = 1000;

    /// <summary>A column without nulls by which the rows are ordered, so that a long result can go on in the next minute; not for <c>since</c>, which has one.</summary>
    public string OrderColumn { get; set; } = "";

    /// <summary>The longest time until the database answers.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether rows that left the result leave the list; for lists with <c>insert</c> only.</summary>
    public bool DeleteLeft { get; set; }

    /// <summary>Whether more than 10 % of the last result may leave at once, or all of it.</summary>
    public bool AllowLargeDelete { get; set; }

    /// <summary>Whether the sync has a query at all.</summary>
    internal bool IsUsed => Query.Length + ConnectionStringSecret.Length + Schedule.Length + SinceColumn.Length + OrderColumn.Length > 0 || DeleteLeft;
}

/// <summary>Which rows of a result are sent.</summary>
public enum SourceMode
{
    /// <summary>All.</summary>
    Full,

    /// <summary>Those that differ from the last result.</summary>
    Changed,

    /// <summary>Those at or after the mark in a column.</summary>
    Since,
}

namespace KlaviyoRelay.Core.Records.Mapping;

/// <summary>What a row becomes.</summary>
public abstract record RowResult
{
    private RowResult()
    {
    }

    /// <summary>It is not sent.</summary>
    public sealed record Rejected(RowRejection Rejection) : RowResult;

    /// <summary>It is sent.</summary>
    /// <param name="Row">The row's number.</param>
    /// <param name="Identifiers">Whose profile it is of.</param>
    /// <param name="EventId">Klaviyo's <c>unique_id</c> of an event; null for profiles.</param>
    /// <param name="Json">The entry of a bulk job, until the next row is mapped. Empty for a list delete.</param>
    /// <param name="Warnings">What was left out.</param>
    public sealed record Mapped(int Row, Identifiers Identifiers, string? EventId, ReadOnlyMemory<byte> Json, IReadOnlyList<RowWarning> Warnings) : RowResult;
}

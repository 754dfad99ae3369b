namespace KlaviyoRelay.Simulator.Demo;

/// <summary>What was expected, set against what Klaviyo recorded.</summary>
internal sealed class Comparison
{
    public Comparison(IEnumerable<ExpectedEvent> expected, IReadOnlyList<RecordedByKlaviyo> recorded)
    {
        Rows = [.. expected.Select(one => new Row(one, [.. recorded.Where(one.Is)]))];
        Unexpected = [.. recorded.Where(one => !Rows.Any(row => row.Expected.Is(one)))];
    }

    public IReadOnlyList<Row> Rows { get; }

    public IReadOnlyList<RecordedByKlaviyo> Unexpected { get; }

    public bool IsComplete => Rows.All(row => row.Recorded.Count > 0);

    public bool IsGood => Unexpected.Count == 0 && Rows.All(row => row.Problem is null);

    internal sealed record Row(ExpectedEvent Expected, IReadOnlyList<RecordedByKlaviyo> Recorded)
    {
        public string? Problem => Recorded switch
        {
            [] => "missing",
            [_, _, ..] => "recorded more than once",
            [var one] when !Expected.Equals(one) => "has other properties",
            _ => null,
        };
    }
}

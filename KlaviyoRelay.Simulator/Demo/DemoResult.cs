using System.Globalization;

namespace KlaviyoRelay.Simulator.Demo;

/// <summary>What came of the story.</summary>
internal sealed record DemoResult
{
    /// <summary>Where the relay sends to.</summary>
    public required Uri Klaviyo { get; init; }

    public required IReadOnlyList<DemoAnswer> Answers { get; init; }

    /// <summary>Null when there was nothing to compare: a webhook was refused, or the relay sends to the real Klaviyo.</summary>
    public required Comparison? Comparison { get; init; }

    /// <summary>The files of rows; none where the relay sends to the real Klaviyo, or has no syncs for them.</summary>
    public IReadOnlyList<RowsAnswer> Rows { get; init; } = [];

    /// <summary>What the card says; null where the relay sends to the real Klaviyo, or has no card.</summary>
    public InsightAnswer? Insight { get; init; }

    /// <summary>What a flow sent to a customer in conversation; null where that was not played.</summary>
    public FlowAnswer? Flow { get; init; }

    /// <summary>What was asked about a campaign; none where campaigns are off.</summary>
    public IReadOnlyList<CampaignAnswer> Campaign { get; init; } = [];

    /// <summary>
    /// True when every webhook was answered as expected, every event recorded exactly once and nothing else, every row is
    /// where it should be, the card says what Klaviyo has, the filter keeps a flow from mailing a customer in conversation,
    /// and the campaign was made and sent once.
    /// </summary>
    public bool IsGood =>
        Refused == 0 && Comparison?.IsGood != false && Rows.All(rows => rows.IsGood) && Insight?.IsGood != false && Flow?.IsGood != false && Campaign.All(answer => answer.IsGood);

    /// <summary>The outcome in a sentence.</summary>
    public string Summary => this switch
    {
        { Refused: > 0 } => Text($"{Refused} webhooks were not answered as expected. After a 401, check that the relay and this demo read the same settings."),
        { Comparison: null } => $"The relay sends to {Klaviyo}, not to the simulator, so there is nothing to compare here: look in Klaviyo.",
        { Comparison.IsGood: true } => Text($"All {Comparison.Rows.Count} events were recorded exactly once.{RowsSummary}{InsightSummary}{CampaignSummary}"),
        _ => Text($"{Comparison.Rows.Count(row => row.Problem is null)} of {Comparison.Rows.Count} events were recorded as expected."),
    };

    /// <summary>What is wrong with single events, a sentence each.</summary>
    public IEnumerable<string> Problems => Comparison is null ? [] :
    [
        .. Rows.SelectMany(rows => rows.Problems),
        .. Insight?.Problems ?? [],
        .. Flow is { IsGood: false } flow ? [flow.Sentence] : Array.Empty<string>(),
        .. Campaign.Where(answer => !answer.IsGood).Select(answer => $"Campaign, {answer.Asked}: {answer.Found} instead of {answer.Expected}."),
        .. Comparison.Rows.Where(row => row.Problem is not null).Select(row => $"'{row.Expected.Metric}' for {row.Expected.Email}: {row.Problem}."),
        .. Comparison.Unexpected.Select(one => $"'{one.Metric}' for {one.Email}: not expected."),
    ];

    private string RowsSummary => Rows switch
    {
        [] => "",
        _ when Rows.All(rows => rows.IsGood) => Text($" All {Rows.Sum(rows => rows.Step.Count)} rows ended in the buckets where they should."),
        _ => " Not all rows ended in the buckets where they should.",
    };

    private string InsightSummary => Insight switch
    {
        null => "",
        { IsGood: true } => $" The card of {Insight.Customer} says what Klaviyo has.",
        _ => $" The card of {Insight.Customer} does not say what Klaviyo has.",
    };

    private string CampaignSummary => Campaign switch
    {
        [] => "",
        _ when Campaign.All(answer => answer.IsGood) => " The campaign whose answers were lost was made once and sent once.",
        _ => " The campaign did not go as it should.",
    };

    private int Refused => Answers.Count(answer => !answer.IsExpected);

    /// <summary>What became of the events that a webhook should lead to.</summary>
    public IEnumerable<Comparison.Row> RowsOf(DemoStep step) =>
        Comparison?.Rows.Where(row => step.Expected.Any(expected => ReferenceEquals(expected, row.Expected))) ?? [];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

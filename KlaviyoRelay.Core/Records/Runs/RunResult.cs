namespace KlaviyoRelay.Core.Records.Runs;

/// <summary>A row of which the result says something.</summary>
/// <param name="Body">The number of its body.</param>
/// <param name="Row">Its number in the body.</param>
/// <param name="Outcome"><c>rejected</c> or <c>warning</c>.</param>
/// <param name="Column">The column that is to blame; null when it is not known.</param>
/// <param name="Reason">The reason; null for a warning.</param>
/// <param name="Detail">What is wrong, in the relay's or Klaviyo's words.</param>
/// <param name="Email">The row's email, where it is known.</param>
/// <param name="Phone">The row's phone number.</param>
/// <param name="ExternalId">The row's id in the source.</param>
public sealed record ResultLine(int Body, int Row, string Outcome, string? Column, string? Reason, string Detail, string? Email, string? Phone, string? ExternalId);

/// <summary>The result of a run, for programs.</summary>
/// <param name="Sync">The sync.</param>
/// <param name="Run">The run's id.</param>
/// <param name="Counts">Its rows by bucket.</param>
/// <param name="Notes">What is said of jobs as a whole.</param>
/// <param name="Lines">The rows of which something is said.</param>
public sealed record RunResult(string Sync, string Run, RunCounts Counts, IReadOnlyList<string> Notes, IReadOnlyList<ResultLine> Lines);

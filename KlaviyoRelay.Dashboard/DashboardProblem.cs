namespace KlaviyoRelay.Dashboard;

/// <summary>What is wrong.</summary>
/// <param name="Error">A sentence that says what to do.</param>
internal sealed record DashboardProblem(string Error);

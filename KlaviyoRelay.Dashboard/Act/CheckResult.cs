using KlaviyoRelay.Core.Checks;

namespace KlaviyoRelay.Dashboard.Act;

/// <summary>What was checked.</summary>
internal sealed record CheckResult(IReadOnlyList<CheckReport> Reports);

using KlaviyoRelay.Core.Checks;

namespace KlaviyoRelay.LocalHost.Dashboard.Act;

/// <summary>What was checked.</summary>
internal sealed record CheckResult(IReadOnlyList<CheckReport> Reports);

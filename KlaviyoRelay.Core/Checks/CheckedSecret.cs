using KlaviyoRelay.Core.Helpdesks.Checking;

namespace KlaviyoRelay.Core.Checks;

/// <summary>A secret as the store gave it, or why it gave none.</summary>
/// <param name="Value">The value; null when it can't be used.</param>
/// <param name="Problem">What is wrong; null when nothing is.</param>
/// <param name="StoreProblem">The problem, where it is the store's and not this secret's alone.</param>
public sealed record CheckedSecret(string? Value, Finding? Problem, Finding? StoreProblem = null)
{
    /// <summary>Without the value, which could end in a log.</summary>
    public override string ToString() => Problem is null ? "present" : $"{Problem}";
}

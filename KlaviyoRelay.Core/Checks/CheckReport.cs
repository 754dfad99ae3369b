using System.Text.Json.Serialization;
using KlaviyoRelay.Core.Helpdesks.Checking;

namespace KlaviyoRelay.Core.Checks;

/// <summary>Everything that was checked of one connection.</summary>
/// <param name="Checks">A line each.</param>
public sealed record CheckReport(string Connection, [property: JsonPropertyOrder(1)] IReadOnlyList<CheckLine> Checks)
{
    /// <summary>Whether every check is <see cref="CheckOutcome.Ok"/>, <see cref="CheckOutcome.Warning"/> or <see cref="CheckOutcome.NotNeeded"/>.</summary>
    public bool Ok => Checks.All(line => line.Outcome is CheckOutcome.Ok or CheckOutcome.Warning or CheckOutcome.NotNeeded);
}

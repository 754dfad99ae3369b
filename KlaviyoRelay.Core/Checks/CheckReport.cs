using System.Text.Json.Serialization;
using KlaviyoRelay.Core.Helpdesks.Checking;

namespace KlaviyoRelay.Core.Checks;

/// <summary>Everything that was checked of one connection, or of an account that only syncs use.</summary>
/// <param name="Connection">The connection; null for an account.</param>
/// <param name="Checks">A line each.</param>
public sealed record CheckReport([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Connection, [property: JsonPropertyOrder(1)] IReadOnlyList<CheckLine> Checks)
{
    /// <summary>The account; null for a connection.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Account { get; init; }

    /// <summary>Whether every check is <see cref="CheckOutcome.Ok"/>, <see cref="CheckOutcome.Warning"/> or <see cref="CheckOutcome.NotNeeded"/>.</summary>
    public bool Ok => Checks.All(line => line.Outcome is CheckOutcome.Ok or CheckOutcome.Warning or CheckOutcome.NotNeeded);
}

using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace KlaviyoRelay.Faults;

/// <summary>Shows the outcomes, as a table or as JSON.</summary>
internal static class FaultReport
{
    public static void WriteTable(IAnsiConsole console, IReadOnlyList<FaultOutcome> outcomes)
    {
        var table = new Table().Border(TableBorder.Markdown);
        table.AddColumns("name", "fault", "posted", "recorded", "lost", "doubled", "events", "throttled", "rejected", "seconds", "MB", "measured", "");
        foreach (var outcome in outcomes)
        {
            string[] cells =
            [
                outcome.Name, outcome.Fault, Number(outcome.Posted), Number(outcome.Recorded), Number(outcome.Lost), Number(outcome.Doubled),
                Number(outcome.WaitingEvents), Number(outcome.WaitingThrottled), Number(outcome.WaitingRejected),
                outcome.Seconds.ToString("0.0", CultureInfo.InvariantCulture), Number(outcome.PeakMemory), outcome.Measured,
                outcome.Failures.Count == 0 ? "ok" : "FAILED",
            ];
            table.AddRow(cells.Select(cell => new Text(cell, cell == "FAILED" ? new Style(Color.Red) : Style.Plain)));
        }

        console.Write(table);
        WriteFailures(console, outcomes);
    }

    public static void WriteFailures(IAnsiConsole console, IEnumerable<FaultOutcome> outcomes)
    {
        foreach (var failure in outcomes.SelectMany(outcome => outcome.Failures.Select(failure => $"{outcome.Name}: {failure}")))
        {
            console.WriteLine(failure);
        }
    }

    public static string Json(IReadOnlyList<FaultOutcome> outcomes) => JsonSerializer.Serialize(outcomes, FaultJsonContext.Readable.IReadOnlyListFaultOutcome);

    public static string Json(IReadOnlyList<FaultName> names) => JsonSerializer.Serialize(names, FaultJsonContext.Readable.IReadOnlyListFaultName);

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<FaultName>))]
[JsonSerializable(typeof(IReadOnlyList<FaultOutcome>))]
internal sealed partial class FaultJsonContext : JsonSerializerContext
{
    public static FaultJsonContext Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

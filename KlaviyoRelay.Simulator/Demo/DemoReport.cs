using System.Globalization;
using Spectre.Console;

namespace KlaviyoRelay.Simulator.Demo;

/// <summary>The two tables of the demo, and its last word.</summary>
internal sealed class DemoReport(IAnsiConsole console)
{
    public void ShowWebhooks(IEnumerable<DemoAnswer> answers)
    {
        var table = new Table { Title = new TableTitle("Webhooks the helpdesks sent") }
            .AddColumns("Connection", "Event", "Customer", "Answer", "Why it is here");
        foreach (var (answer, step) in answers.Select(answer => (answer, answer.Step)))
        {
            var status = answer.Status.ToString(CultureInfo.InvariantCulture) + (step.IsIgnored && answer.IsExpected ? " ignored" : "");
            table.AddRow(Plain(step.Connection), Plain(step.Event), Plain(step.Customer), Verdict(status, answer.IsExpected), Plain(step.Note));
        }

        console.Write(table);
    }

    public void ShowRecorded(Comparison comparison)
    {
        var table = new Table { Title = new TableTitle("What Klaviyo recorded") }
            .AddColumns("Metric", "Email", "Says", "Times", "OK");
        foreach (var row in comparison.Rows)
        {
            table.AddRow(
                Plain(row.Expected.Metric),
                Plain(row.Expected.Email),
                Plain(Says(row.Expected.ProfileProperty, row.Expected.Properties)),
                Plain(row.Recorded.Count.ToString(CultureInfo.InvariantCulture)),
                Verdict(row.Problem ?? "yes", row.Problem is null));
        }

        foreach (var one in comparison.Unexpected)
        {
            table.AddRow(
                Plain(one.Metric), Plain(one.Email), Plain(Says(one.ProfileProperty, one.Properties)), Plain("1"), Verdict("unexpected", good: false));
        }

        console.Write(table);
    }

    public void Say(string sentence) => console.WriteLine(sentence);

    private static Text Plain(string text) => new(text);

    private static Text Verdict(string text, bool good) => new(text, new Style(good ? Color.Green : Color.Red));

    /// <summary>What one would look for in Klaviyo: the flag on the profile, the rating of a survey, else the conversation.</summary>
    private static string Says(string? profileProperty, IReadOnlyDictionary<string, string> properties)
    {
        var shown = properties.Where(property => property.Key is "rating" or "score").Select(property => $"{property.Key} = {property.Value}");
        return string.Join(", ", profileProperty is null ? shown : shown.Prepend(profileProperty));
    }
}

using System.Globalization;
using Spectre.Console;

namespace KlaviyoRelay.Simulator.Demo;

/// <summary>What came of the demo, for a person to read: a line for each webhook, what is wrong, and the last word.</summary>
internal sealed class DemoTable(IAnsiConsole console)
{
    public void Write(DemoResult result)
    {
        var table = new Table { Border = TableBorder.Rounded };
        var title = result.Comparison is null ? "What Klaviyo should record" : "What Klaviyo recorded";
        foreach (var column in new[] { "Webhook", "Customer", "Answer", title, "Events", "For" })
        {
            table.AddColumn(column);
        }

        foreach (var answer in result.Answers)
        {
            var (step, rows) = (answer.Step, result.RowsOf(answer.Step).ToList());
            table.AddRow(new Text(step.Event), new Text(step.Customer), Answer(answer), Recorded(step), Count(rows), new Text(Emails(rows)));
        }

        console.Write(table);
        if (result.Rows.Count > 0)
        {
            console.Write(TableOf(result.Rows));
        }

        if (result.Insight is { Parts.Count: > 0 } insight)
        {
            console.Write(TableOf(insight));
        }

        if (result.Flow is { IsGood: true } flow)
        {
            Line(flow.Sentence, Color.Green);
        }

        if (result.Campaign.Count > 0)
        {
            console.Write(TableOf(result.Campaign));
        }

        foreach (var problem in result.Problems)
        {
            Line(problem, Color.Red);
        }

        Line(result.Summary, result.IsGood ? Color.Green : Color.Red);
    }

    private static Table TableOf(IReadOnlyList<RowsAnswer> files)
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var column in new[] { "Rows of sync", "Answer", "Bucket or reason", "Rows", "Expected" })
        {
            table.AddColumn(column);
        }

        foreach (var file in files)
        {
            foreach (var (index, (name, expected, found)) in file.Rows.Index())
            {
                var style = Verdict(expected == found);
                table.AddRow(new Text(index == 0 ? file.Step.Sync : ""), new Text(index == 0 ? Number(file.Status) : ""), new Text(name), new Text(Number(found), style), new Text(Number(expected)));
            }
        }

        return table;
    }

    private static Table TableOf(InsightAnswer insight)
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var column in new[] { "Card of", "Part", "Says", "Klaviyo has" })
        {
            table.AddColumn(column);
        }

        foreach (var (index, (part, expected, found)) in insight.Parts.Index())
        {
            table.AddRow(new Text(index == 0 ? insight.Customer : ""), new Text(part), new Text(found, Verdict(expected == found)), new Text(expected));
        }

        return table;
    }

    private static Table TableOf(IReadOnlyList<CampaignAnswer> answers)
    {
        var table = new Table { Border = TableBorder.Rounded }.AddColumn("A campaign").AddColumn("Answer");
        foreach (var answer in answers)
        {
            table.AddRow(new Text(answer.Asked), new Text(answer.Found, Verdict(answer.IsGood)));
        }

        return table;
    }

    private static Text Answer(DemoAnswer answer)
    {
        var status = Number(answer.Status) + (answer.Step.IsIgnored && answer.IsExpected ? " ignored" : "");
        return new Text(status, Verdict(answer.IsExpected));
    }

    /// <summary>What one would look for in Klaviyo: the metric, the flag on the profile, the rating of a survey.</summary>
    private static Text Recorded(DemoStep step)
    {
        if (step.Expected is not [var expected, ..])
        {
            return new Text($"nothing: {step.Note}", new Style(Color.Grey));
        }

        var rating = expected.Properties.Where(property => property.Key is "rating" or "score").Select(property => $"{property.Key} = {property.Value}");
        var says = string.Join(", ", expected.ProfileProperty is { } property ? rating.Prepend(property) : rating);
        return new Text(says.Length == 0 ? expected.Metric : $"{expected.Metric}: {says}");
    }

    private static Text Count(List<Comparison.Row> rows)
    {
        var good = rows.Count(row => row.Problem is null);
        return rows.Count == 0 ? new Text("") : new Text($"{Number(good)} of {Number(rows.Count)}", Verdict(good == rows.Count));
    }

    private static string Emails(List<Comparison.Row> rows) => rows switch
    {
        [] => "",
        [var one] => one.Expected.Email,
        [var first, .. var others] => $"{first.Expected.Email} +{Number(others.Count)}",
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Style Verdict(bool isGood) => new(isGood ? Color.Green : Color.Red);

    private void Line(string text, Color color)
    {
        console.Write(new Text(text, new Style(color)));
        console.WriteLine();
    }
}

using System.Text.Json;
using KlaviyoRelay.Cli.ServiceBus;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.LocalHost.DeadLetters;

namespace KlaviyoRelay.Cli.DeadLetters;

/// <summary>Writes what came of a verb: the result to the output, what is wrong beside it.</summary>
internal sealed class DeadLetterOutput(CliContext context, string verb, bool isJson, bool showEmails)
{
    private readonly DeadLetterTable _table = new(context.Console, context.Clock.GetUtcNow(), showEmails);

    public int Write(DeadLetterReport report, Action<DeadLetterOutput, DeadLetterReport> print)
    {
        // What was done before it failed is told as well.
        if (report.Error is null || report.Letters.Count > 0)
        {
            if (isJson)
            {
                Line(JsonSerializer.Serialize(DeadLetterJson.Of(verb, report, showEmails), CliJson.Readable.DeadLetterJson));
            }
            else
            {
                print(this, report);
            }
        }

        if (report.Unreadable > 0 && !isJson)
        {
            context.Error.WriteLine($"Besides, there are messages that can't be read as letters of this version: {report.Unreadable}.");
        }

        if (report.Error is not null)
        {
            context.Error.WriteLine(report.Error);
        }

        return report.Error is null ? ExitCode.Done : ExitCode.Failed;
    }

    public void List(DeadLetterReport report)
    {
        if (report.Letters.Count == 0)
        {
            Line("No letters.");
            return;
        }

        _table.Write([.. report.Letters.OfType<FoundLetter>()]);
        _table.Write([.. report.Letters.OfType<PutAwayMessage>()]);
        Line(DeadLetterText.Count(report.Letters) + (report.HasMore ? ", the oldest; there are more: see --max." : "."));
    }

    public void Show(DeadLetterReport report)
    {
        foreach (var (index, found) in report.Letters.Index())
        {
            if (index > 0)
            {
                Line("");
            }

            _table.WriteDetails(found);
        }
    }

    public void Say(string done, DeadLetterReport report) =>
        Line($"{done}: {DeadLetterText.Count(report.Letters)}{(report.HasMore ? "; there are more." : ".")}");

    private void Line(string text) => context.Output.WriteLine(text);
}
